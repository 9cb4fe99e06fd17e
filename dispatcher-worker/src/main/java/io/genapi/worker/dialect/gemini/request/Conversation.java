package io.genapi.worker.dialect.gemini.request;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages. Gemini has one system instruction, outside of the conversation: system and developer messages go there
 * in their order. The rest are turns of {@code user} and {@code model}; neighbours of one role are one turn, but the
 * results of tools have a turn for themselves, since Gemini counts them against the calls of the turn before.
 */
final class Conversation {

    private final Generation generation;
    private final Resolution resolution;
    private final ArrayNode instruction = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode contents = JsonNodeFactory.instance.arrayNode();
    private Kind last = Kind.NONE;

    private enum Kind {
        NONE(""),
        USER("user"),
        MODEL("model"),
        RESULTS("user");

        private final String role;

        Kind(String role) {
            this.role = role;
        }
    }

    Conversation(Generation generation, Resolution resolution) {
        this.generation = generation;
        this.resolution = resolution;
    }

    void write(Fields request, ObjectNode body) {
        Findings findings = request.findings();
        ToolTurns tools = new ToolTurns(generation);
        UserParts users = new UserParts(resolution);
        for (Fields message : request.objects("messages")) {
            message.requiredText("role").ifPresent(role -> {
                switch (role) {
                    case "system", "developer" -> instruction.addAll(TextParts.of(message));
                    case "user" -> add(Kind.USER, users.of(message));
                    case "assistant" -> add(Kind.MODEL, tools.calls(message));
                    case "tool" -> add(Kind.RESULTS, tools.result(message));
                    case "function" -> add(Kind.RESULTS, tools.functionResult(message));
                    default ->
                        findings.malformed(
                                message.at("role"),
                                "is '" + role + "'",
                                "Send system, developer, user, assistant or tool.");
                }
                rest(message);
            });
        }
        if (!instruction.isEmpty()) {
            body.putObject("systemInstruction").set("parts", instruction);
        }
        if (contents.isEmpty() && findings.refused().isEmpty()) {
            findings.impossible("messages", "answers no system message alone", "Add a user message.");
        }
        body.set("contents", contents);
    }

    private void add(Kind kind, List<ObjectNode> parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (kind != last) {
            contents.addObject().put("role", kind.role).putArray("parts");
            last = kind;
        }
        ((ArrayNode) contents.path(contents.size() - 1).path("parts")).addAll(parts);
    }

    /** What an answer of the broker's held beside its content is allowed to come back, and means nothing to Gemini. */
    private static void rest(Fields message) {
        for (String name : message.rest()) {
            switch (name) {
                case "annotations", "reasoning_content", "images", "tool_call_id" -> {}
                case "name" ->
                    message.findings()
                            .omitted(message.at(name), "knows no names of participants", "Say it in the content.");
                case "audio" ->
                    message.findings()
                            .omitted(message.at(name), "keeps no audio of earlier answers", "Send its transcript.");
                default -> message.findings().omitted(message.at(name), "has nothing like it", "Leave it out.");
            }
        }
    }
}
