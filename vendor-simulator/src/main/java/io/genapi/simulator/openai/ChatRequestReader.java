package io.genapi.simulator.openai;

import io.genapi.simulator.model.Prompt;
import io.genapi.simulator.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of {@code POST /v1/chat/completions} as strictly as OpenAI does, for the fields it knows. */
final class ChatRequestReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> ROLES = Set.of("developer", "system", "user", "assistant", "tool", "function");

    ParsedChat read(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException malformed) {
            return notJson();
        }
        if (!root.isObject()) {
            return notJson();
        }
        try {
            return read(root);
        } catch (Refused refused) {
            return refused.error;
        }
    }

    private static OpenAiError notJson() {
        return OpenAiError.invalid(
                "We could not parse the JSON body of your request. The OpenAI API expects a JSON object.", null, null);
    }

    private ChatRequest read(JsonNode root) throws Refused {
        JsonNode model = root.path("model");
        if (model.isMissingNode()
                || model.isNull()
                || (model.isString() && model.stringValue().isEmpty())) {
            throw refuse("you must provide a model parameter", null, null);
        }
        String modelName = string(model, "model");
        JsonNode messages = messages(root);
        OptionalInt maxTokens = integer(root, "max_completion_tokens", 1, Integer.MAX_VALUE);
        boolean stream = bool(root, "stream");
        return new ChatRequest(
                modelName,
                new Prompt(
                        lastUserText(messages),
                        maxTokens.isPresent() ? maxTokens : integer(root, "max_tokens", 1, Integer.MAX_VALUE),
                        stop(root.path("stop")),
                        new FormReader(root).read()),
                promptTokens(messages),
                integer(root, "n", 1, 128).orElse(1),
                stream,
                stream && bool(root.path("stream_options"), "include_usage"));
    }

    private static JsonNode messages(JsonNode root) throws Refused {
        JsonNode messages = root.path("messages");
        if (messages.isMissingNode() || messages.isNull()) {
            throw refuse("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        }
        if (!messages.isArray()) {
            throw wrongType(messages, "messages", "an array of objects");
        }
        if (messages.isEmpty()) {
            throw refuse(
                    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array"
                            + " instead.",
                    "messages",
                    "empty_array");
        }
        for (int index = 0; index < messages.size(); index++) {
            message(messages.path(index), "messages[" + index + "]");
        }
        return messages;
    }

    private static void message(JsonNode message, String param) throws Refused {
        if (!message.isObject()) {
            throw wrongType(message, param, "an object");
        }
        JsonNode role = message.path("role");
        if (role.isMissingNode()) {
            throw refuse(
                    "Missing required parameter: '" + param + ".role'.", param + ".role", "missing_required_parameter");
        }
        if (!ROLES.contains(string(role, param + ".role"))) {
            throw refuse(
                    "Invalid value: '%s'. Supported values are: %s."
                            .formatted(
                                    role.stringValue(), ROLES.stream().sorted().toList()),
                    param + ".role",
                    "invalid_value");
        }
        JsonNode content = message.path("content");
        if (!content.isString() && !content.isArray() && !content.isNull() && !content.isMissingNode()) {
            throw wrongType(content, param + ".content", "a string or an array of content parts");
        }
    }

    private static String lastUserText(JsonNode messages) {
        for (int index = messages.size() - 1; index >= 0; index--) {
            if (messages.path(index).path("role").stringValue("").equals("user")) {
                return text(messages.path(index).path("content"));
            }
        }
        return "";
    }

    private static int promptTokens(JsonNode messages) {
        int tokens = 3;
        for (JsonNode message : messages) {
            tokens += 4 + Tokens.count(text(message.path("content")));
        }
        return tokens;
    }

    /** The text parts alone: an image of megabytes is neither echoed nor counted. */
    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            if (part.path("text").isString()) {
                parts.add(part.path("text").stringValue());
            }
        }
        return String.join("\n", parts);
    }

    private static List<String> stop(JsonNode stop) throws Refused {
        if (stop.isMissingNode() || stop.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (stop.isArray()) {
            for (JsonNode text : stop) {
                texts.add(string(text, "stop"));
            }
        } else {
            texts.add(string(stop, "stop"));
        }
        if (texts.size() > 4) {
            throw refuse("Invalid 'stop': array too long, the maximum is 4.", "stop", "array_above_max_length");
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private static boolean bool(JsonNode parent, String name) throws Refused {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrongType(value, name, "a boolean");
        }
        return value.booleanValue();
    }

    private static OptionalInt integer(JsonNode root, String name, int min, int max) throws Refused {
        JsonNode value = root.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber()) {
            throw wrongType(value, name, "an integer");
        }
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw refuse(
                    "Invalid '%s': %s is out of range. Expected a value from %d to %d."
                            .formatted(name, value, min, max),
                    name,
                    value.decimalValue().signum() <= 0 ? "integer_below_min_value" : "integer_above_max_value");
        }
        return OptionalInt.of(value.intValue());
    }

    private static String string(JsonNode value, String param) throws Refused {
        if (!value.isString()) {
            throw wrongType(value, param, "a string");
        }
        return value.stringValue();
    }

    static Refused wrongType(JsonNode value, String param, String expected) {
        return refuse(
                "Invalid type for '%s': expected %s, but got %s instead."
                        .formatted(param, expected, value.getNodeType().name().toLowerCase(Locale.ROOT)),
                param,
                "invalid_type");
    }

    static Refused refuse(String message, @Nullable String param, @Nullable String code) {
        return new Refused(OpenAiError.invalid(message, param, code));
    }

    /** Carries a refusal out of nested reading; never leaves this package. */
    @SuppressWarnings("serial") // Thrown and caught within one call.
    static final class Refused extends Exception {

        private final transient OpenAiError error;

        private Refused(OpenAiError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }
    }
}
