package io.genapi.simulator.anthropic;

import io.genapi.simulator.anthropic.MessagesReader.Refused;
import io.genapi.simulator.model.Tokens;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads {@code messages}: its roles, its blocks, and that each tool's call has its result in the next turn. */
final class TurnsReader {

    private static final Set<String> BLOCKS =
            Set.of("text", "image", "document", "tool_use", "tool_result", "thinking", "redacted_thinking");

    private Set<String> calls = new HashSet<>();

    /** The tokens of the messages. */
    int read(JsonNode messages) throws Refused {
        if (!messages.isArray() || messages.isEmpty()) {
            throw new Refused(
                    messages.isArray() ? "messages: at least one message is required" : "messages: Field required");
        }
        int tokens = 3;
        for (int index = 0; index < messages.size(); index++) {
            JsonNode message = messages.path(index);
            turn(message, "messages." + index);
            tokens += 4 + Tokens.count(MessagesReader.text(message.path("content")));
        }
        if (!calls.isEmpty()) {
            throw unanswered("messages." + (messages.size() - 1));
        }
        return tokens;
    }

    private void turn(JsonNode message, String at) throws Refused {
        String role = message.path("role").stringValue("");
        if (!role.equals("user") && !role.equals("assistant")) {
            throw new Refused(at + ".role: Input should be 'user' or 'assistant'");
        }
        JsonNode content = message.path("content");
        if (!content.isString() && !content.isArray()) {
            throw new Refused(at + ".content: Input should be a valid list or string");
        }
        if (content.isEmpty() && content.stringValue("").isEmpty()) {
            throw new Refused(at + ": content must not be empty");
        }
        Set<String> now = new HashSet<>();
        for (int index = 0; index < content.size(); index++) {
            block(content.path(index), role, at + ".content." + index, now);
        }
        if (!calls.isEmpty()) {
            throw unanswered(at);
        }
        calls = now;
    }

    private void block(JsonNode block, String role, String at, Set<String> now) throws Refused {
        String type = block.path("type").stringValue("");
        if (!BLOCKS.contains(type)) {
            throw new Refused(at + ": Input tag '" + type + "' is not one that is expected");
        }
        switch (type) {
            case "text" -> {
                if (block.path("text").stringValue("").isEmpty()) {
                    throw new Refused(at + ": text content blocks must be non-empty");
                }
            }
            case "tool_use" -> {
                if (!block.path("input").isObject()
                        || block.path("id").stringValue("").isEmpty()) {
                    throw new Refused(at + ".tool_use: id and input are required");
                }
                now.add(block.path("id").stringValue());
            }
            case "tool_result" -> {
                String id = block.path("tool_use_id").stringValue("");
                if (!role.equals("user") || !calls.remove(id)) {
                    throw new Refused(at + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id
                            + ". Each must have a corresponding `tool_use` block in the previous message.");
                }
            }
            default -> {
                // Whatever it holds.
            }
        }
    }

    private Refused unanswered(String at) {
        return new Refused(at + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
                + String.join(", ", calls.stream().sorted().toList()));
    }
}
