package io.genapi.store.http;

import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.store.sending.Trials;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends examples of events at once: gateways ask, for tenants who try an endpoint. */
@RestController
public final class WebhookTestController {

    private static final int TOO_MANY = 429;

    private final Trials trials;

    public WebhookTestController(Trials trials) {
        this.trials = trials;
    }

    /**
     * One attempt, of which nothing is written down: 200 and what came of it, whatever that was; 404 if the tenant has no
     * such endpoint, 429 while too many are under way, 503 while Kafka does not tell how the endpoint is now. Takes as long as an attempt may take.
     */
    @PostMapping("/store/webhook-endpoints/{id}/test")
    ResponseEntity<byte[]> test(
            @PathVariable("id") String id,
            @RequestParam("tenant") String tenant,
            @RequestParam(name = "type", defaultValue = "job.succeeded") String type)
            throws InterruptedException {
        TenantId owner = QueryParameters.viewer(tenant)
                .orElseThrow(() -> new InvalidParameterException("tenant", tenant, "a tenant's name"));
        EventType event = EventType.fromWireName(type)
                .orElseThrow(() -> new InvalidParameterException("type", type, "one of " + eventTypes()));
        Optional<EndpointId> parsed = EndpointId.parse(id);
        Trials.Outcome outcome =
                parsed.isEmpty() ? new Trials.Outcome.NoEndpoint() : trials.test(owner, parsed.get(), event);
        return entity(
                switch (outcome) {
                    case Trials.Outcome.Made(var attempt) -> new StoreResponse(200, AttemptDocument.write(attempt));
                    case Trials.Outcome.NoEndpoint() -> absent(id);
                    case Trials.Outcome.Busy() -> busy();
                });
    }

    private static String eventTypes() {
        return Arrays.stream(EventType.values()).map(EventType::wireName).collect(Collectors.joining(", "));
    }

    private static StoreResponse absent(String id) {
        return StoreResponse.error(ApiError.invalidRequest(
                404,
                "webhook_endpoint_not_found",
                "id",
                "There is no webhook endpoint '%s'. List yours with GET /v1/webhook_endpoints.".formatted(id)));
    }

    private static StoreResponse busy() {
        return StoreResponse.error(new ApiError(
                TOO_MANY,
                "requests",
                Optional.empty(),
                Optional.of("rate_limit_exceeded"),
                "Too many tests of webhook endpoints are under way. Ask again when one of them has ended."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> away(LogUnavailableException unavailable) {
        return entity(StoreResponse.unknown(
                "the endpoint as it is now cannot be read from Kafka: " + unavailable.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrong(InvalidParameterException invalid) {
        return entity(StoreResponse.error(
                ApiError.invalidRequest(400, "invalid_parameter", invalid.parameter(), invalid.explanation())));
    }

    private static ResponseEntity<byte[]> entity(StoreResponse response) {
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(response.status()).contentType(MediaType.APPLICATION_JSON);
        return (response.status() == TOO_MANY ? builder.header(HttpHeaders.RETRY_AFTER, "5") : builder)
                .body(response.body());
    }
}
