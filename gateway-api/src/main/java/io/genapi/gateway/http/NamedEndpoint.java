package io.genapi.gateway.http;

import io.genapi.gateway.webhook.EndpointChoice;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.EndpointId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The webhook endpoint that a submission names in {@code Genapi-Webhook}. Thread-safe. */
public final class NamedEndpoint {

    private final EndpointChoice choice;

    public NamedEndpoint(EndpointChoice choice) {
        this.choice = choice;
    }

    /** @throws ApiErrorException with 400 if it is none of the caller's, or one that nothing is sent to */
    Optional<EndpointId> of(HttpServletRequest request) throws InterruptedException {
        String given = request.getHeader(HttpHeaderNames.WEBHOOK);
        return given == null ? Optional.empty() : Optional.of(named(given.strip(), request));
    }

    private EndpointId named(String given, HttpServletRequest request) throws InterruptedException {
        return switch (choice.read(Exchange.of(request).payer(), given)) {
            case EndpointChoice.Reading.Usable(EndpointId id) -> id;
            case EndpointChoice.Reading.Unknown() ->
                throw invalid(
                        "webhook_endpoint_unknown",
                        "'%s' is none of your webhook endpoints. Send the id of one, which POST /v1/webhook_endpoints makes, or leave it out"
                                .formatted(SentText.excerpt(given)));
            case EndpointChoice.Reading.Disabled(String reason) ->
                throw invalid(
                        "webhook_endpoint_disabled",
                        "the endpoint '%s' is disabled (%s). Enable it with {\"status\": \"enabled\"} at POST /v1/webhook_endpoints/%s, or leave it out"
                                .formatted(given, SentText.wellFormed(reason), given));
        };
    }

    private static ApiErrorException invalid(String code, String how) {
        return new ApiErrorException(ApiError.invalidRequest(
                400,
                code,
                HttpHeaderNames.WEBHOOK,
                "Invalid value for header '%s': %s.".formatted(HttpHeaderNames.WEBHOOK, how)));
    }
}
