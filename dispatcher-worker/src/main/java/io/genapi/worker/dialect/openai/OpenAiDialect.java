package io.genapi.worker.dialect.openai;

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
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The body goes through as the caller's bytes with only the model's name replaced, and a stream's usage asked for.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI's reference</a>
 */
public final class OpenAiDialect implements Dialect {

    @Override
    public Optional<ApiError> objection(ChatRequestBody body, Vendor vendor) {
        boolean asksInVain = body.stream() && body.includeUsage() && !vendor.streamUsage();
        return asksInVain && !vendor.dropUnsupported()
                ? Optional.of(
                        ApiError.invalidRequest(
                                400,
                                "unsupported_parameter",
                                "stream_options.include_usage",
                                "Unsupported parameter: 'stream_options.include_usage' is not supported with this model. Leave it out."))
                : Optional.empty();
    }

    @Override
    public VendorRequest request(VendorCall call) {
        return request(call, call.body(), "application/json");
    }

    @Override
    public VendorRequest streamRequest(VendorCall call) {
        return request(call, streamed(call), "text/event-stream");
    }

    /** Usage is always asked for, except of compatibles that refuse a request for it. */
    static ChatRequestBody streamed(VendorCall call) {
        return call.candidate().vendor().streamUsage()
                ? call.body().includingUsage()
                : call.body().withoutStreamOptions();
    }

    @Override
    public StreamTranslation stream(Instant begunAt) {
        return new OpenAiStream(begunAt);
    }

    private static VendorRequest request(VendorCall call, ChatRequestBody body, String accepted) {
        Vendor vendor = call.candidate().vendor();
        Map<String, String> headers = CorrelationHeaders.of(call);
        headers.put("Accept", accepted);
        call.candidate().credential().ifPresent(key -> headers.put("Authorization", "Bearer " + key.reveal()));
        return new VendorRequest(
                URI.create(vendor.baseUrl() + "/chat/completions"),
                headers,
                body.withModel(call.candidate().vendorModel()));
    }

    @Override
    public VendorOutcome outcome(VendorResponse response) {
        int status = response.status();
        if (status >= 400 && status <= 599) {
            return new Refused(
                    status,
                    RetryAfter.of(response).or(() -> ErrorEnvelope.retryAfter(response)),
                    ErrorEnvelope.in(response));
        }
        if (status != 200) {
            return new Unusable("the vendor answered with status " + status + ", which means nothing here");
        }
        Optional<ChatCompletion> completion = ChatCompletion.read(response.body());
        return completion.isPresent()
                ? new Completed(completion.get())
                : new Unusable("the vendor answered with status 200, but not with a chat completion");
    }

    @Override
    public Optional<VendorRequestId> requestId(VendorResponse response) {
        return response.requestId("x-request-id");
    }

    @Override
    public RateLimits rateLimits(VendorResponse response) {
        return RateLimitHeaders.in(response);
    }
}
