package io.genapi.worker.dialect.gemini.answer;

import io.genapi.schemas.job.VendorRequestId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What Gemini calls an answer: its {@code responseId}, or an error's {@code google.rpc.RequestInfo}.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse">Gemini's reference</a>
 * @see <a href="https://google.aip.dev/193">AIP-193</a>
 */
public final class RequestName {

    private RequestName() {}

    /** @param json an answer, one of its events or an error, or anything */
    public static Optional<VendorRequestId> in(JsonNode json) {
        for (JsonNode detail : GeminiError.in(json).path("details")) {
            Optional<VendorRequestId> named =
                    VendorRequestId.in(detail.path("requestId").stringValue(""));
            if (named.isPresent()) {
                return named;
            }
        }
        return VendorRequestId.in(json.path("responseId").stringValue(""));
    }
}
