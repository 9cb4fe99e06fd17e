package io.genapi.worker.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.dialect.CorrelationHeaders;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's chat completions at Azure: other paths and another header for the key, the same words. A model is a
 * deployment there. What its content filter says of a request or an answer passes through.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">Azure's reference</a>
 */
public final class AzureOpenAiDialect implements Dialect {

    private final OpenAiDialect openAi = new OpenAiDialect();

    @Override
    public Optional<ApiError> objection(ChatRequestBody body, Vendor vendor) {
        return openAi.objection(body, vendor);
    }

    @Override
    public VendorRequest request(VendorCall call) {
        return request(call, call.body(), "application/json");
    }

    @Override
    public VendorRequest streamRequest(VendorCall call) {
        return request(call, OpenAiDialect.streamed(call), "text/event-stream");
    }

    @Override
    public StreamTranslation stream(Instant begunAt) {
        return openAi.stream(begunAt);
    }

    private static VendorRequest request(VendorCall call, ChatRequestBody body, String accepted) {
        Map<String, String> headers = CorrelationHeaders.of(call);
        headers.put("Accept", accepted);
        call.candidate().credential().ifPresent(key -> headers.put("api-key", key.reveal()));
        String deployment = call.candidate().vendorModel();
        return new VendorRequest(
                uri(call.candidate().vendor().baseUrl(), deployment), headers, body.withModel(deployment));
    }

    @Override
    public VendorOutcome outcome(VendorResponse response) {
        return openAi.outcome(response);
    }

    @Override
    public Optional<VendorRequestId> requestId(VendorResponse response) {
        return response.requestId("apim-request-id", "x-ms-request-id", "x-request-id");
    }

    @Override
    public RateLimits rateLimits(VendorResponse response) {
        return openAi.rateLimits(response);
    }

    /** The deployment is in the path of a base URL that names an {@code api-version}, else in the body alone. */
    private static URI uri(URI baseUrl, String deployment) {
        String query = Optional.ofNullable(baseUrl.getRawQuery())
                .map(text -> "?" + text)
                .orElse("");
        String base = baseUrl.toString().substring(0, baseUrl.toString().length() - query.length());
        if (base.endsWith("/openai/v1")) {
            return URI.create(base + "/chat/completions" + query);
        }
        String segment = URLEncoder.encode(deployment, UTF_8).replace("+", "%20");
        return URI.create("%s%s/deployments/%s/chat/completions%s"
                .formatted(base, base.endsWith("/openai") ? "" : "/openai", segment, query));
    }
}
