package io.genapi.worker.dialect.gemini;

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
import io.genapi.worker.dialect.gemini.answer.Completion;
import io.genapi.worker.dialect.gemini.answer.GeminiError;
import io.genapi.worker.dialect.gemini.answer.GeminiStream;
import io.genapi.worker.dialect.gemini.answer.RequestName;
import io.genapi.worker.dialect.gemini.request.RequestTranslation;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Gemini's own API. The key travels in a header, never in the address, which is logged.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini's reference</a>
 */
public final class GeminiDialect implements Dialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Optional<ApiError> objection(ChatRequestBody body, Vendor vendor) {
        return RequestTranslation.of(body.bytes(), body.model().value()).objection(vendor.dropUnsupported());
    }

    @Override
    public VendorRequest request(VendorCall call) {
        return request(call, "generateContent", "application/json");
    }

    @Override
    public VendorRequest streamRequest(VendorCall call) {
        return request(call, "streamGenerateContent?alt=sse", "text/event-stream");
    }

    @Override
    public StreamTranslation stream(Instant begunAt) {
        return new GeminiStream(begunAt);
    }

    private static VendorRequest request(VendorCall call, String method, String accepted) {
        Map<String, String> headers = CorrelationHeaders.of(call);
        headers.put("Accept", accepted);
        call.candidate().credential().ifPresent(key -> headers.put("x-goog-api-key", key.reveal()));
        String model = call.candidate().vendorModel();
        return new VendorRequest(
                URI.create("%s/models/%s:%s".formatted(call.candidate().vendor().baseUrl(), inAddress(model), method)),
                headers,
                JSON.writeValueAsBytes(
                        RequestTranslation.of(call.body().bytes(), model).body()));
    }

    /** A model may be named as its resource is, {@code models/…}; nothing in a name may lead elsewhere. */
    private static String inAddress(String model) {
        String name = model.startsWith("models/") ? model.substring("models/".length()) : model;
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public VendorOutcome outcome(VendorResponse response) {
        int status = response.status();
        JsonNode body = json(response.body());
        if (status >= 400 && status <= 599) {
            return GeminiError.outcome(status, body, RetryAfter.of(response));
        }
        if (status != 200) {
            return new Unusable("the vendor answered with status " + status + ", which means nothing here");
        }
        return Completion.of(body, response.receivedAt())
                .flatMap(completion -> ChatCompletion.read(JSON.writeValueAsBytes(completion)))
                .<VendorOutcome>map(Completed::new)
                .orElseGet(() -> new Unusable("the vendor answered with status 200, but without an answer"));
    }

    /** Its reference knows no header for that: an answer names itself, and an error in its details. */
    @Override
    public Optional<VendorRequestId> requestId(VendorResponse response) {
        return RequestName.in(json(response.body()));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
