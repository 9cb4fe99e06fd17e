package io.genapi.worker.dialect.gemini.request;

import io.genapi.worker.dialect.gemini.answer.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model said earlier, the tools that it called and their results. A result names the call by its id, where
 * Gemini wants the function's name too. The model's signatures of its thoughts travel with the calls as
 * {@code extra_content.google.thought_signature}, as in Gemini's OpenAI-compatible endpoint.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought signatures</a>
 */
final class ToolTurns {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Generation generation;
    private final Map<String, String> functionsById = new HashMap<>();

    ToolTurns(Generation generation) {
        this.generation = generation;
    }

    /** The parts of an assistant message. */
    List<ObjectNode> calls(Fields message) {
        List<ObjectNode> parts = new ArrayList<>(said(message));
        Optional<Fields> old = message.object("function_call");
        List<Fields> calls = message.objects("tool_calls");
        if (!calls.isEmpty() || old.isPresent()) {
            parts.removeIf(part -> part.path("text").stringValue("").isEmpty());
        } else if (parts.isEmpty()) {
            message.findings().malformed(message.at("content"), "is missing", "Send a string, or tool calls.");
        }
        int before = parts.size();
        calls.forEach(call -> call(call).ifPresent(parts::add));
        old.flatMap(function -> function(function, Optional.empty())).ifPresent(parts::add);
        if (generation != Generation.BUDGETS && parts.size() > before) {
            Signature.complete(parts.get(before));
        }
        return parts;
    }

    private static List<ObjectNode> said(Fields message) {
        List<ObjectNode> parts = new ArrayList<>();
        message.any("content").ifPresent(content -> parts.addAll(TextParts.of(message, content)));
        message.text("refusal").ifPresent(refusal -> parts.add(TextParts.text(refusal)));
        Optional<String> signature = signature(message);
        if (!parts.isEmpty()) {
            signature.ifPresent(text -> parts.getLast().put(Signature.THEIRS, text));
        }
        return parts;
    }

    private static Optional<String> signature(Fields object) {
        return object.object("extra_content")
                .flatMap(extra -> extra.object("google"))
                .flatMap(google -> google.text("thought_signature"));
    }

    private Optional<ObjectNode> call(Fields call) {
        Optional<String> id = call.requiredText("id");
        String type = call.text("type").orElse("function");
        if (!type.equals("function")) {
            call.findings().impossible(call.at("type"), "calls functions only, not " + type, "Send function tools.");
            return Optional.empty();
        }
        Optional<ObjectNode> part = call.requiredObject("function").flatMap(function -> function(function, id));
        part.ifPresent(node -> signature(call).ifPresent(text -> node.put(Signature.THEIRS, text)));
        return part;
    }

    private Optional<ObjectNode> function(Fields function, Optional<String> id) {
        Optional<String> name = function.requiredText("name");
        Optional<ObjectNode> arguments = function.requiredText("arguments").flatMap(text -> arguments(text, function));
        if (name.isEmpty() || arguments.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        ObjectNode call = part.putObject("functionCall");
        id.ifPresent(value -> {
            call.put("id", value);
            functionsById.put(value, name.get());
        });
        call.put("name", name.get()).set("args", arguments.get());
        return Optional.of(part);
    }

    private static Optional<ObjectNode> arguments(String text, Fields function) {
        if (text.isBlank()) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        Optional<ObjectNode> object = object(text);
        if (object.isEmpty()) {
            function.findings()
                    .malformed(function.at("arguments"), "is not the text of a JSON object", "Send one, such as {}.");
        }
        return object;
    }

    private static Optional<ObjectNode> object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** The part of a tool message. */
    List<ObjectNode> result(Fields message) {
        Optional<String> id = message.requiredText("tool_call_id");
        String content = TextParts.joined(message);
        if (id.isEmpty()) {
            return List.of();
        }
        String function = functionsById.get(id.get());
        if (function == null) {
            message.findings()
                    .malformed(
                            message.at("tool_call_id"),
                            "names no tool call of an earlier message",
                            "Send the id of one, and the assistant message that holds it before.");
            return List.of();
        }
        return List.of(response(id, function, content));
    }

    /** The part of a message of the deprecated role {@code function}. */
    List<ObjectNode> functionResult(Fields message) {
        String content = TextParts.joined(message);
        return message.requiredText("name")
                .map(name -> List.of(response(Optional.empty(), name, content)))
                .orElse(List.of());
    }

    private static ObjectNode response(Optional<String> id, String function, String content) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        ObjectNode response = part.putObject("functionResponse");
        id.ifPresent(value -> response.put("id", value));
        // Gemini takes objects only; "output" is its own name for a result that is none.
        response.put("name", function)
                .set(
                        "response",
                        object(content)
                                .orElseGet(() ->
                                        JsonNodeFactory.instance.objectNode().put("output", content)));
        return part;
    }
}
