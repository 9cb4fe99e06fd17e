package io.genapi.worker.dialect.gemini.answer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How likely each token was, and its rivals. */
final class Logprobs {

    private Logprobs() {}

    /** Empty where the candidate tells nothing. */
    static Optional<ObjectNode> of(JsonNode candidate) {
        JsonNode result = candidate.path("logprobsResult");
        JsonNode chosen = result.path("chosenCandidates");
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode logprobs = JsonNodeFactory.instance.objectNode();
        ArrayNode content = logprobs.putArray("content");
        for (int index = 0; index < chosen.size(); index++) {
            ArrayNode rivals = token(content.addObject(), chosen.path(index)).putArray("top_logprobs");
            for (JsonNode rival : result.path("topCandidates").path(index).path("candidates")) {
                token(rivals.addObject(), rival);
            }
        }
        logprobs.putNull("refusal");
        return Optional.of(logprobs);
    }

    private static ObjectNode token(ObjectNode into, JsonNode theirs) {
        String token = theirs.path("token").stringValue("");
        into.put("token", token).put("logprob", theirs.path("logProbability").doubleValue(0));
        ArrayNode bytes = into.putArray("bytes");
        for (byte each : token.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(Byte.toUnsignedInt(each));
        }
        return into;
    }
}
