package io.genapi.simulator.anthropic;

import io.genapi.simulator.anthropic.ParsedMessages.Invalid;
import io.genapi.simulator.anthropic.ParsedMessages.MessagesRequest;
import io.genapi.simulator.model.Prompt;
import io.genapi.simulator.model.Prompt.Form;
import io.genapi.simulator.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of {@code POST /v1/messages} as strictly as Anthropic does, for the fields it knows. */
final class MessagesReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Anthropic permits no field that it does not know. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "max_tokens",
            "system",
            "stream",
            "stop_sequences",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "metadata",
            "service_tier",
            "cache_control",
            "container",
            "diagnostics",
            "inference_geo",
            "speed");

    private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");

    ParsedMessages read(byte[] body, boolean samples) {
        try {
            JsonNode root = JSON.readTree(body);
            return root.isObject() ? read(root, samples) : notJson();
        } catch (JacksonException malformed) {
            return notJson();
        } catch (Refused refused) {
            return new Invalid(AnthropicError.invalid(refused.getMessage()));
        }
    }

    private static Invalid notJson() {
        return new Invalid(AnthropicError.invalid("The request body is not valid JSON: expected an object"));
    }

    private static ParsedMessages read(JsonNode root, boolean samples) throws Refused {
        for (String name : root.propertyNames()) {
            if (!FIELDS.contains(name) && !(samples && SAMPLING.contains(name))) {
                throw new Refused(name + ": Extra inputs are not permitted");
            }
        }
        if (root.path("model").stringValue("").isEmpty()) {
            throw new Refused("model: Field required");
        }
        JsonNode limit = root.path("max_tokens");
        if (!limit.canConvertToInt() || limit.intValue() < 1) {
            throw new Refused(
                    limit.isMissingNode()
                            ? "max_tokens: Field required"
                            : "max_tokens: Input should be greater than or equal to 1");
        }
        int tokens = new TurnsReader().read(root.path("messages"));
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : root.path("stop_sequences")) {
            if (stop.stringValue("").isBlank()) {
                throw new Refused("stop_sequences: each stop sequence must contain non-whitespace");
            }
            stops.add(stop.stringValue());
        }
        String thinking = root.path("thinking").path("type").stringValue("");
        return new MessagesRequest(
                root.path("model").stringValue(),
                new Prompt(lastUserText(root.path("messages")), OptionalInt.of(limit.intValue()), stops, form(root)),
                tokens + Tokens.count(text(root.path("system"))),
                root.path("stream").booleanValue(false),
                thinking.equals("adaptive") || thinking.equals("enabled"));
    }

    private static Form form(JsonNode root) throws Refused {
        JsonNode choice = root.path("tool_choice");
        String type = choice.path("type").stringValue("");
        if (type.equals("any") || type.equals("tool")) {
            for (JsonNode tool : root.path("tools")) {
                if (type.equals("any") || tool.path("name").equals(choice.path("name"))) {
                    return new Form.ToolCall(tool.path("name").stringValue(""), tool.path("input_schema"));
                }
            }
            throw new Refused("tool_choice: no such tool among `tools`");
        }
        JsonNode format = root.path("output_config").path("format");
        return format.isObject() ? new Form.JsonOf(format.path("schema")) : new Form.Text();
    }

    private static String lastUserText(JsonNode messages) {
        for (int index = messages.size() - 1; index >= 0; index--) {
            if (messages.path(index).path("role").stringValue("").equals("user")) {
                return text(messages.path(index).path("content"));
            }
        }
        return "";
    }

    /** The texts alone, those of tool results among them: an image of megabytes is neither echoed nor counted. */
    static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode block : content) {
            switch (block.path("type").stringValue("")) {
                case "text" -> texts.add(block.path("text").stringValue(""));
                case "tool_result" -> texts.add(text(block.path("content")));
                default -> {
                    // Nothing that could be repeated.
                }
            }
        }
        return String.join("\n", texts);
    }

    /** Carries a refusal out of nested reading; never leaves this package. */
    @SuppressWarnings("serial") // Thrown and caught within one call.
    static final class Refused extends Exception {

        Refused(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
