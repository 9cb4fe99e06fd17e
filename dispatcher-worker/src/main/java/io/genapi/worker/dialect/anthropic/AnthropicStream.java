package io.genapi.worker.dialect.anthropic;

import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's events as OpenAI's chunks. Events of names that are not known are passed over, as Anthropic asks.
 *
 * @see <a href="https://docs.claude.com/en/docs/build-with-claude/streaming">Anthropic's reference</a>
 */
final class AnthropicStream implements StreamTranslation {

    private static final JsonMapper JSON = new JsonMapper();

    private final Instant created;
    private final ObjectNode usage = JsonNodeFactory.instance.objectNode();

    /** By the number of the vendor's block that holds it. */
    private final Map<Integer, OpenCall> calls = new HashMap<>();

    private String id = "";
    private String model = "";
    private Optional<End> end = Optional.empty();

    /** @param created when the answer began */
    AnthropicStream(Instant created) {
        this.created = created;
    }

    /** A tool's call that is being streamed. */
    private static final class OpenCall {

        private final int index;
        private boolean argued;

        OpenCall(int index) {
            this.index = index;
        }
    }

    @Override
    public List<ObjectNode> event(String name, String data) {
        if (end.isPresent()) {
            return List.of();
        }
        JsonNode event;
        try {
            event = JSON.readTree(data);
        } catch (JacksonException notJson) {
            return fail(new Unusable("the vendor sent an event that is not JSON"));
        }
        return switch (name) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> startBlock(event.path("index").intValue(0), event.path("content_block"));
            case "content_block_delta" -> continueBlock(event.path("index").intValue(0), event.path("delta"));
            case "content_block_stop" -> endBlock(event.path("index").intValue(0));
            case "message_delta" -> finish(event);
            case "message_stop" -> stop();
            case "error" -> fail(ErrorTranslation.inStream(event.path("error")));
            default -> List.of();
        };
    }

    @Override
    public List<ObjectNode> close() {
        return end.isPresent() ? List.of() : fail(new Broken("the vendor's stream broke off before its end"));
    }

    @Override
    public Optional<End> end() {
        return end;
    }

    private List<ObjectNode> fail(VendorOutcome.Failed outcome) {
        end = Optional.of(new End.Failed(outcome));
        return List.of();
    }

    private List<ObjectNode> start(JsonNode message) {
        id = message.path("id").stringValue("");
        model = message.path("model").stringValue("");
        count(message.path("usage"));
        ObjectNode delta = delta().put("role", "assistant").put("content", "");
        return List.of(chunk(delta.putNull("refusal"), Optional.empty()));
    }

    private List<ObjectNode> startBlock(int number, JsonNode block) {
        return switch (block.path("type").stringValue("")) {
            case "text" -> text("content", block.path("text"));
            case "thinking" -> text("reasoning_content", block.path("thinking"));
            case "tool_use" -> {
                OpenCall call = new OpenCall(calls.size());
                calls.put(number, call);
                ObjectNode delta = delta();
                delta.putArray("tool_calls")
                        .addObject()
                        .put("index", call.index)
                        .put("id", block.path("id").stringValue(""))
                        .put("type", "function")
                        .putObject("function")
                        .put("name", block.path("name").stringValue(""))
                        .put("arguments", "");
                yield List.of(chunk(delta, Optional.empty()));
            }
            default -> List.of();
        };
    }

    private List<ObjectNode> continueBlock(int number, JsonNode delta) {
        return switch (delta.path("type").stringValue("")) {
            case "text_delta" -> text("content", delta.path("text"));
            case "thinking_delta" -> text("reasoning_content", delta.path("thinking"));
            case "input_json_delta" ->
                arguments(calls.get(number), delta.path("partial_json").stringValue(""));
            default -> List.of();
        };
    }

    /** A call without arguments is streamed without any, where OpenAI's would at least be an object. */
    private List<ObjectNode> endBlock(int number) {
        OpenCall call = calls.get(number);
        return call == null || call.argued ? List.of() : arguments(call, "{}");
    }

    private List<ObjectNode> arguments(@Nullable OpenCall call, String piece) {
        if (call == null || piece.isEmpty()) {
            return List.of();
        }
        call.argued = true;
        ObjectNode delta = delta();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", call.index)
                .putObject("function")
                .put("arguments", piece);
        return List.of(chunk(delta, Optional.empty()));
    }

    private List<ObjectNode> text(String field, JsonNode text) {
        return text.stringValue("").isEmpty()
                ? List.of()
                : List.of(chunk(delta().put(field, text.stringValue()), Optional.empty()));
    }

    private List<ObjectNode> finish(JsonNode event) {
        count(event.path("usage"));
        JsonNode ended = event.path("delta");
        if (!ended.path("stop_reason").isString()) {
            return List.of();
        }
        ObjectNode delta = delta();
        StopReason.refusal(ended).ifPresent(refusal -> delta.put("refusal", refusal));
        return List.of(chunk(delta, Optional.of(StopReason.of(ended))));
    }

    private List<ObjectNode> stop() {
        end = Optional.of(new End.Whole());
        ObjectNode last = envelope();
        last.putArray("choices");
        last.set("usage", TokenUsage.of(usage));
        return List.of(last);
    }

    /** Counts are running totals, and those of the prompt may come with the first event only. */
    private void count(JsonNode counted) {
        counted.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                usage.set(field.getKey(), field.getValue());
            }
        });
    }

    private static ObjectNode delta() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode chunk(ObjectNode delta, Optional<String> finish) {
        ObjectNode chunk = envelope();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish.orElse(null));
        return chunk.putNull("usage");
    }

    private ObjectNode envelope() {
        ObjectNode envelope = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", created.getEpochSecond())
                .put("model", model);
        TokenUsage.tier(usage).ifPresent(tier -> envelope.put("service_tier", tier));
        return envelope;
    }
}
