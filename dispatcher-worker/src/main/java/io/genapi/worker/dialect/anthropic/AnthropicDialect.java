package io.genapi.worker.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.dialect.CorrelationHeaders;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.RetryAfter;
import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's Messages API, as its Java SDK 3 speaks it.
 *
 * @see <a href="https://docs.claude.com/en/api/messages">Anthropic's reference</a>
 */
public final class AnthropicDialect implements Dialect {

    /** The version without parameters of sampling, which the current models refuse in every version. */
    private static final String VERSION = "2026-10-21";

    @Override
    public Optional<ApiError> objection(ChatRequestBody body, Vendor vendor) {
        return RequestTranslation.of(body).objections().first(vendor.dropUnsupported());
    }

    @Override
    public VendorRequest request(VendorCall call) {
        return request(call, body(call), "application/json");
    }

    @Override
    public VendorRequest streamRequest(VendorCall call) {
        return request(call, body(call).put("stream", true), "text/event-stream");
    }

    @Override
    public StreamTranslation stream(Instant begunAt) {
        return new AnthropicStream(begunAt);
    }

    private static ObjectNode body(VendorCall call) {
        return RequestTranslation.of(call.body())
                .body()
                .put("model", call.candidate().vendorModel());
    }

    private static VendorRequest request(VendorCall call, ObjectNode body, String accepted) {
        Map<String, String> headers = CorrelationHeaders.of(call);
        headers.put("Accept", accepted);
        headers.put("anthropic-version", VERSION);
        call.candidate().credential().ifPresent(key -> headers.put("Authorization", "Bearer " + key.reveal()));
        return new VendorRequest(
                URI.create(call.candidate().vendor().baseUrl() + "/messages"),
                headers,
                body.toString().getBytes(UTF_8));
    }

    @Override
    public VendorOutcome outcome(VendorResponse response) {
        int status = response.status();
        if (status >= 400 && status <= 599) {
            return ErrorTranslation.of(status, RetryAfter.of(response), response.body());
        }
        if (status != 200) {
            return new Unusable("the vendor answered with status " + status + ", which means nothing here");
        }
        return ResponseTranslation.of(response.body(), response.receivedAt())
                .flatMap(completion -> ChatCompletion.read(completion.toString().getBytes(UTF_8)))
                .<VendorOutcome>map(Completed::new)
                .orElseGet(() -> new Unusable("the vendor answered with status 200, but not with a message"));
    }

    @Override
    public Optional<VendorRequestId> requestId(VendorResponse response) {
        return response.requestId("request-id");
    }

    @Override
    public RateLimits rateLimits(VendorResponse response) {
        return RateLimitHeaders.in(response);
    }
}
