package io.genapi.simulator.model;

import io.genapi.simulator.model.ChatReply.Ending;
import io.genapi.simulator.model.Prompt.Form;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** The simulated model: says what the user said, in the form that was asked for. Thread-safe. */
public final class ChatModel {

    /** Longer texts are repeated without their middle: a stream of megabytes would test only the network. */
    private static final int ECHOED = 64 * 1024;

    public ChatReply reply(Prompt prompt) {
        String words = "You said: " + abridged(prompt.lastUserText());
        return switch (prompt.form()) {
            case Form.Text() -> words(words, prompt);
            case Form.JsonObject() ->
                words(JsonNodeFactory.instance.objectNode().put("answer", words).toString(), prompt);
            case Form.JsonOf(var schema) ->
                words(new SchemaSample(schema, words).value().toString(), prompt);
            case Form.ToolCall(var function, var parameters) ->
                cut(
                        new SchemaSample(parameters, words).value().toString(),
                        prompt,
                        Optional.of(function),
                        new Ending.ToolCall());
        };
    }

    private static ChatReply words(String text, Prompt prompt) {
        Optional<String> stop =
                prompt.stop().stream().filter(text::contains).min(Comparator.comparingInt(text::indexOf));
        return stop.map(end ->
                        cut(text.substring(0, text.indexOf(end)), prompt, Optional.empty(), new Ending.AtStop(end)))
                .orElseGet(() -> cut(text, prompt, Optional.empty(), new Ending.Complete()));
    }

    private static ChatReply cut(String text, Prompt prompt, Optional<String> toolCall, Ending ending) {
        List<String> pieces = Tokens.split(text);
        int most = prompt.maxTokens().orElse(Integer.MAX_VALUE);
        return pieces.size() > most
                ? new ChatReply(pieces.subList(0, most), toolCall, new Ending.OutOfTokens())
                : new ChatReply(pieces, toolCall, ending);
    }

    private static String abridged(String text) {
        if (text.length() <= ECHOED) {
            return text;
        }
        return text.substring(0, ECHOED / 2) + " … " + text.substring(text.length() - ECHOED / 2);
    }
}
