package io.genapi.simulator.gemini;

import io.genapi.simulator.dialect.Answer.Event;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.model.ChatReply;
import io.genapi.simulator.model.ChatReply.Ending;
import io.genapi.simulator.model.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one reply as a {@code GenerateContentResponse} or as a stream of them. */
final class ResponseWriter {

    private static final String THOUGHTS = "I shall say what the user said.";
    private static final String SIGNATURE =
            Base64.getEncoder().encodeToString("signed by the simulator".getBytes(StandardCharsets.UTF_8));

    private final String model;
    private final ContentsRequest request;
    private final ChatReply reply;
    private final CallIdentity identity;

    ResponseWriter(String model, ContentsRequest request, ChatReply reply, CallIdentity identity) {
        this.model = model;
        this.request = request;
        this.reply = reply;
        this.identity = identity;
    }

    String response() {
        ObjectNode response = envelope();
        for (int index = 0; index < request.candidates(); index++) {
            ObjectNode candidate = candidate(response, index);
            ArrayNode parts = (ArrayNode) candidate.path("content").path("parts");
            if (request.includeThoughts()) {
                parts.add(thought());
            }
            if (reply.toolCall().isPresent()) {
                call(parts, index);
            } else {
                parts.addObject().put("text", reply.text());
            }
            finish(candidate);
        }
        return usage(response, reply.tokens()).toString();
    }

    List<Event> events() {
        return responses().stream().map(ResponseWriter::event).toList();
    }

    /** All candidates of one position are one step of the model: only the first has to wait for it. */
    private static Event event(ObjectNode response) {
        JsonNode candidate = response.path("candidates").path(0);
        boolean token = candidate.path("index").intValue(0) == 0 && !candidate.has("finishReason");
        return new Event("data: " + response + "\r\n\r\n", token);
    }

    /** What a stream is where nobody asks for server-sent events. */
    String array() {
        return JsonNodeFactory.instance.arrayNode().addAll(responses()).toString();
    }

    private List<ObjectNode> responses() {
        List<ObjectNode> responses = new ArrayList<>();
        if (request.includeThoughts()) {
            for (int index = 0; index < request.candidates(); index++) {
                ObjectNode response = envelope();
                parts(response, index).add(thought());
                responses.add(usage(response, 0));
            }
        }
        if (reply.toolCall().isEmpty()) {
            for (int step = 0; step < reply.tokens(); step++) {
                for (int index = 0; index < request.candidates(); index++) {
                    ObjectNode response = envelope();
                    parts(response, index)
                            .addObject()
                            .put("text", reply.pieces().get(step));
                    responses.add(usage(response, step + 1));
                }
            }
        }
        for (int index = 0; index < request.candidates(); index++) {
            ObjectNode response = envelope();
            ObjectNode candidate = candidate(response, index);
            ArrayNode parts = (ArrayNode) candidate.path("content").path("parts");
            if (reply.toolCall().isPresent()) {
                call(parts, index);
            } else {
                parts.addObject().put("text", "");
            }
            finish(candidate);
            responses.add(usage(response, reply.tokens()));
        }
        return responses;
    }

    private static ObjectNode thought() {
        return JsonNodeFactory.instance.objectNode().put("text", THOUGHTS).put("thought", true);
    }

    /** Arguments that ran out of tokens are no arguments: Gemini calls nothing then. */
    private void call(ArrayNode parts, int index) {
        try {
            JsonNode arguments = JsonMapper.shared().readTree(reply.text());
            ObjectNode part = parts.addObject();
            part.putObject("functionCall")
                    .put("id", identity.id().substring(0, 8) + index)
                    .put("name", reply.toolCall().orElse(""))
                    .set("args", arguments);
            part.put("thoughtSignature", SIGNATURE);
        } catch (JacksonException cutOff) {
            parts.addObject().put("text", "");
        }
    }

    private void finish(ObjectNode candidate) {
        candidate.put("finishReason", reply.ending() instanceof Ending.OutOfTokens ? "MAX_TOKENS" : "STOP");
        if (request.logprobs() && reply.toolCall().isEmpty()) {
            ArrayNode chosen = candidate.putObject("logprobsResult").putArray("chosenCandidates");
            reply.pieces()
                    .forEach(piece -> chosen.addObject().put("token", piece).put("logProbability", -0.25));
        }
    }

    private static ObjectNode candidate(ObjectNode response, int index) {
        ObjectNode candidate = response.withArrayProperty("candidates").addObject();
        candidate.putObject("content").put("role", "model").putArray("parts");
        return candidate.put("index", index);
    }

    private static ArrayNode parts(ObjectNode response, int index) {
        return (ArrayNode) candidate(response, index).path("content").path("parts");
    }

    private ObjectNode envelope() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("responseId", identity.id())
                .put("modelVersion", model);
    }

    private ObjectNode usage(ObjectNode response, int tokens) {
        int thoughts = request.includeThoughts() ? Tokens.count(THOUGHTS) * request.candidates() : 0;
        int candidates = tokens * request.candidates();
        ObjectNode usage = response.putObject("usageMetadata")
                .put("promptTokenCount", request.promptTokens())
                .put("candidatesTokenCount", candidates)
                .put("totalTokenCount", request.promptTokens() + candidates + thoughts);
        if (thoughts > 0) {
            usage.put("thoughtsTokenCount", thoughts);
        }
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", request.promptTokens());
        return response;
    }
}
