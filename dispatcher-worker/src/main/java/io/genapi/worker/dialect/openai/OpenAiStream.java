package io.genapi.worker.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's events, whose chunks pass through. {@code [DONE]} is the end; some compatibles only close the connection, which
 * is the end too if every choice has finished.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">OpenAI's reference</a>
 */
final class OpenAiStream implements StreamTranslation {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Instant begunAt;
    private final Set<Integer> begun = new HashSet<>();
    private final Set<Integer> finished = new HashSet<>();
    private Optional<End> end = Optional.empty();

    OpenAiStream(Instant begunAt) {
        this.begunAt = begunAt;
    }

    @Override
    public List<ObjectNode> event(String name, String data) {
        if (end.isPresent()) {
            return List.of();
        }
        if (data.strip().equals("[DONE]")) {
            end = Optional.of(
                    begun.isEmpty()
                            ? new End.Failed(new Unusable("the vendor streamed an end without an answer"))
                            : new End.Whole());
            return List.of();
        }
        try {
            return chunk(JSON.readTree(data), data);
        } catch (JacksonException malformed) {
            return fail(new Unusable("the vendor streamed an event that is not JSON"));
        }
    }

    private List<ObjectNode> chunk(JsonNode event, String data) {
        if (!(event instanceof ObjectNode chunk)) {
            return fail(new Unusable("the vendor streamed an event that is not a JSON object"));
        }
        if (chunk.path("error").isObject() || chunk.path("error").isString()) {
            return fail(refusal(chunk.path("error"), data));
        }
        for (JsonNode choice : chunk.path("choices")) {
            int index = choice.path("index").intValue(0);
            begun.add(index);
            if (choice.path("finish_reason").isString()) {
                finished.add(index);
            }
        }
        return List.of(chunk);
    }

    /** What would have been the status of the answer, had it not begun: an error in a stream has none. */
    private VendorOutcome.Failed refusal(JsonNode error, String data) {
        int status = error.path("code").intValue(error.path("status").intValue(0));
        if (status < 400 || status > 599) {
            status = switch (error.path("type").stringValue("")) {
                case "invalid_request_error" -> 400;
                case "insufficient_quota", "rate_limit_error", "rate_limit_exceeded", "tokens", "requests" -> 429;
                case "overloaded_error", "service_unavailable" -> 503;
                default -> 500;
            };
        }
        VendorResponse told = new VendorResponse(status, Map.of(), data.getBytes(UTF_8), begunAt);
        return new Refused(status, Optional.empty(), ErrorEnvelope.in(told));
    }

    @Override
    public List<ObjectNode> close() {
        if (end.isEmpty()) {
            if (!begun.isEmpty() && finished.containsAll(begun)) {
                end = Optional.of(new End.Whole());
            } else {
                return fail(new Broken("the vendor's stream ended before its answer did"));
            }
        }
        return List.of();
    }

    private List<ObjectNode> fail(VendorOutcome.Failed outcome) {
        end = Optional.of(new End.Failed(outcome));
        return List.of();
    }

    @Override
    public Optional<End> end() {
        return end;
    }
}
