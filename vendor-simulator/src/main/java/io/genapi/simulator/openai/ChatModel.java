package io.genapi.simulator.openai;

import io.genapi.simulator.openai.ChatRequest.Form;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** The simulated model: says what the user said, in the form that was asked for. */
final class ChatModel {

    /** Longer texts are repeated without their middle: a stream of megabytes would test only the network. */
    private static final int ECHOED = 64 * 1024;

    ChatReply reply(ChatRequest request) {
        String words = "You said: " + abridged(request.lastUserText());
        return switch (request.form()) {
            case Form.Text() -> cut(words, request, Optional.empty());
            case Form.JsonObject() ->
                cut(JsonNodeFactory.instance.objectNode().put("answer", words).toString(), request, Optional.empty());
            case Form.JsonOf(var schema) ->
                cut(new SchemaSample(schema, words).value().toString(), request, Optional.empty());
            case Form.ToolCall(var function, var parameters) ->
                cut(new SchemaSample(parameters, words).value().toString(), request, Optional.of(function));
        };
    }

    private static ChatReply cut(String text, ChatRequest request, Optional<String> toolCall) {
        List<String> pieces = Tokens.split(toolCall.isPresent() ? text : beforeStop(text, request.stop()));
        if (request.maxTokens().isPresent()
                && pieces.size() > request.maxTokens().getAsInt()) {
            return new ChatReply(pieces.subList(0, request.maxTokens().getAsInt()), toolCall, "length");
        }
        return new ChatReply(pieces, toolCall, toolCall.isPresent() ? "tool_calls" : "stop");
    }

    private static String beforeStop(String text, List<String> stops) {
        int end = stops.stream()
                .mapToInt(text::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElse(text.length());
        return text.substring(0, end);
    }

    private static String abridged(String text) {
        if (text.length() <= ECHOED) {
            return text;
        }
        return text.substring(0, ECHOED / 2) + " … " + text.substring(text.length() - ECHOED / 2);
    }
}
