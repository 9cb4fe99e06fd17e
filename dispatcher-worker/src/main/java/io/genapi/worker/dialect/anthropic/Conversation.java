package io.genapi.worker.dialect.anthropic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code messages}: system prompts go to {@code system}, tool results into the user's turn, and neighbours of one role
 * become one turn, as Anthropic wants all results of a turn's calls in the next. Used once; not thread-safe.
 */
final class Conversation {

    /** What a message may have beside its content; the answer's own fields come back when a caller repeats an answer. */
    private static final Set<String> KNOWN = Set.of(
            "role",
            "content",
            "tool_calls",
            "tool_call_id",
            "refusal",
            "annotations",
            // Thoughts without the vendor's signature are not taken back.
            "reasoning_content");

    private final Objections objections;
    private final ContentParts parts;
    private final ArrayNode system = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode turns = JsonNodeFactory.instance.arrayNode();

    /** Calls of the assistant's last turn that have no result yet. */
    private final Set<String> open = new LinkedHashSet<>();

    Conversation(Objections objections) {
        this.objections = objections;
        this.parts = new ContentParts(objections);
    }

    void translate(Place root, ObjectNode body) {
        List<Place> messages = root.at("messages").items();
        for (Place message : messages) {
            message(message);
        }
        if (!open.isEmpty() && !messages.isEmpty()) {
            unanswered(messages.getLast());
        }
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        if (turns.isEmpty()) {
            objections.impossible(root.at("messages"), "Send at least one message of the user's that is not empty.");
        }
        body.set("messages", turns);
    }

    private void message(Place message) {
        Place role = message.at("role");
        if (!open.isEmpty() && !role.is("tool")) {
            unanswered(message);
        }
        switch (role.text()) {
            case "system", "developer" -> systemPrompt(message);
            case "user" -> parts.userContent(message.at("content")).forEach(turn("user")::add);
            case "assistant" -> assistant(message);
            case "tool" -> toolResult(message);
            case "function" ->
                objections.impossible(role, "Send a message of the role 'tool', whose tool_call_id names the call.");
            default -> objections.malformed(role, "Send one of 'developer', 'system', 'user', 'assistant' and 'tool'.");
        }
        rejectOthers(message);
    }

    private void systemPrompt(Place message) {
        if (!turns.isEmpty()) {
            objections.unsupported(
                    message.at("role"),
                    "Send it before the conversation; where that may be dropped, it is moved there.");
        }
        parts.texts(message.at("content")).forEach(system::add);
    }

    private void unanswered(Place message) {
        objections.malformed(
                message,
                "It must be preceded by, or be, a message of the role 'tool' for each of the assistant's calls;"
                        + " without one are: " + String.join(", ", open) + ".");
        open.clear();
    }

    private void assistant(Place message) {
        ArrayNode said = JsonNodeFactory.instance.arrayNode();
        parts.texts(message.at("content")).forEach(said::add);
        if (message.at("refusal").given()) {
            parts.texts(message.at("refusal")).forEach(said::add);
        }
        Place calls = message.at("tool_calls");
        if (calls.given() && !calls.value().isArray()) {
            objections.malformed(calls, "Send an array of tool calls.");
        }
        for (Place call : calls.items()) {
            new ToolCallReading(objections).read(call).ifPresent(use -> {
                open.add(use.path("id").stringValue(""));
                said.add(use);
            });
        }
        if (!said.isEmpty()) {
            said.forEach(turn("assistant")::add);
        }
    }

    private void toolResult(Place message) {
        Place id = message.at("tool_call_id");
        if (!id.value().isString()) {
            objections.malformed(id, "Send the id of the tool call that this is the result of.");
            return;
        }
        if (!open.remove(id.text())) {
            objections.malformed(
                    id,
                    "No call of this id waits for its result: send one result for each call, right after the calls.");
            return;
        }
        ObjectNode result = turn("user").addObject();
        result.put("type", "tool_result").put("tool_use_id", id.text());
        ArrayNode content = result.putArray("content");
        parts.toolContent(message.at("content")).forEach(content::add);
    }

    /** The content of the turn of this role that is being written. */
    private ArrayNode turn(String role) {
        if (turns.isEmpty()
                || !turns.path(turns.size() - 1).path("role").stringValue("").equals(role)) {
            return turns.addObject().put("role", role).putArray("content");
        }
        return (ArrayNode) turns.path(turns.size() - 1).path("content");
    }

    private void rejectOthers(Place message) {
        message.fields().forEach((name, field) -> {
            if (KNOWN.contains(name) || !field.given()) {
                return;
            }
            if (name.equals("function_call")) {
                objections.impossible(field, "Send tool_calls instead.");
            } else {
                objections.unsupported(field, "Leave it out.");
            }
        });
    }
}
