package io.genapi.gateway.http;

import io.genapi.gateway.submit.ChatSubmission;
import io.genapi.gateway.submit.ResponseMode;
import io.genapi.gateway.submit.Ties;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.webhook.EndpointId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a submission's headers and query say beside its body, whichever API it comes by. Thread-safe. */
final class SubmissionHeaders {

    private final TimeHeaders timeHeaders;
    private final NamedEndpoint endpoint;

    SubmissionHeaders(TimeHeaders timeHeaders, NamedEndpoint endpoint) {
        this.timeHeaders = timeHeaders;
        this.endpoint = endpoint;
    }

    ChatSubmission submission(
            ChatRequestBody body, Turnstile.Pass pass, ResponseMode mode, Ties ties, HttpServletRequest request)
            throws InterruptedException {
        Exchange exchange = Exchange.of(request);
        return new ChatSubmission(
                body,
                exchange.payer(),
                exchange.correlationId(),
                exchange.requestId(),
                vendor(request.getParameter("vendor")),
                LaneChoice.of(body, request),
                IdempotencyKey.of(request),
                SdkRetry.is(request),
                orderingKey(request.getHeader(HttpHeaderNames.ORDERING_KEY)),
                timeHeaders.read(request),
                mode,
                ties.telling(endpoint.of(request).map(EndpointId::value)),
                pass);
    }

    /**
     * Another go at a job that has ended, on the same terms unless the caller names others.
     *
     * @param otherModel whether another model is to answer, which the vendor of the first one need not have
     */
    ChatSubmission redrive(
            JobRequest ended,
            ChatRequestBody body,
            boolean otherModel,
            Turnstile.Pass pass,
            ResponseMode mode,
            HttpServletRequest request)
            throws InterruptedException {
        Optional<VendorName> vendor = otherModel ? Optional.empty() : ended.vendor();
        boolean laneGiven = request.getHeader(HttpHeaderNames.LANE) != null;
        return new ChatSubmission(
                body,
                ended.tenant(),
                ended.correlation().id(),
                Exchange.of(request).requestId(),
                vendor(request.getParameter("vendor")).or(() -> vendor),
                laneGiven ? LaneChoice.of(body, request) : Optional.of(ended.lane()),
                IdempotencyKey.of(request),
                false,
                ended.orderingKey(),
                timeHeaders.read(request),
                mode,
                Ties.redriving(ended).telling(endpoint.of(request).map(EndpointId::value)),
                pass);
    }

    private static Optional<VendorName> vendor(@Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        if (!given.matches("[\\x21-\\x7e]{1,64}")) {
            throw new ApiErrorException(
                    ApiError.invalidRequest(
                            400,
                            "invalid_value",
                            "vendor",
                            "Invalid value for 'vendor': send the name of a vendor of this broker's catalog, or leave it out."));
        }
        return Optional.of(new VendorName(given));
    }

    private static Optional<String> orderingKey(@Nullable String given) {
        Optional<String> key = Optional.ofNullable(given);
        key.flatMap(value -> GivenId.error(HttpHeaderNames.ORDERING_KEY, value)).ifPresent(error -> {
            throw new ApiErrorException(error);
        });
        return key;
    }
}
