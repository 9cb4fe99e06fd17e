package io.genapi.simulator.openai;

import io.genapi.simulator.dialect.Answer.Event;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.model.ChatReply;
import io.genapi.simulator.model.ChatReply.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one reply, the same for every choice, as OpenAI's {@code chat.completion} or as its stream of {@code chat.completion.chunk} events. */
final class CompletionWriter {

    private final ChatRequest request;
    private final ChatReply reply;
    private final CallIdentity identity;

    CompletionWriter(ChatRequest request, ChatReply reply, CallIdentity identity) {
        this.request = request;
        this.reply = reply;
        this.identity = identity;
    }

    String completion() {
        ObjectNode completion = envelope("chat.completion");
        var choices = completion.putArray("choices");
        for (int index = 0; index < request.choices(); index++) {
            ObjectNode choice = choices.addObject().put("index", index);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            message.put("content", reply.toolCall().isPresent() ? null : reply.text());
            reply.toolCall()
                    .ifPresent(function -> message.putArray("tool_calls")
                            .add(toolCall(function, reply.text()).put("id", toolCallId())));
            message.putNull("refusal").putArray("annotations");
            choice.putNull("logprobs").put("finish_reason", finishReason());
        }
        completion.set("usage", usage());
        return completion.toString();
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int index = 0; index < request.choices(); index++) {
            events.add(delta(index, this::opening, null, false));
        }
        for (String piece : reply.pieces()) {
            for (int index = 0; index < request.choices(); index++) {
                // All choices of one position are one step of the model: only the first has to wait for it.
                events.add(delta(index, delta -> continuing(delta, piece), null, index == 0));
            }
        }
        for (int index = 0; index < request.choices(); index++) {
            events.add(delta(index, delta -> {}, finishReason(), false));
        }
        if (request.includeUsage()) {
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            events.add(event(last.toString(), false));
        }
        events.add(event("[DONE]", false));
        return events;
    }

    private void opening(ObjectNode delta) {
        delta.put("role", "assistant");
        reply.toolCall()
                .ifPresentOrElse(
                        function -> delta.putNull("content")
                                .putArray("tool_calls")
                                .add(toolCall(function, "").put("index", 0).put("id", toolCallId())),
                        () -> delta.put("content", ""));
        delta.putNull("refusal");
    }

    private void continuing(ObjectNode delta, String piece) {
        if (reply.toolCall().isPresent()) {
            delta.putArray("tool_calls")
                    .addObject()
                    .put("index", 0)
                    .putObject("function")
                    .put("arguments", piece);
        } else {
            delta.put("content", piece);
        }
    }

    private Event delta(int index, Consumer<ObjectNode> content, @Nullable String finish, boolean token) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        content.accept(choice.putObject("delta"));
        choice.putNull("logprobs").put("finish_reason", finish);
        if (request.includeUsage()) {
            chunk.putNull("usage");
        }
        return event(chunk.toString(), token);
    }

    private String finishReason() {
        return switch (reply.ending()) {
            case Ending.Complete() -> "stop";
            case Ending.AtStop _ -> "stop";
            case Ending.OutOfTokens() -> "length";
            case Ending.ToolCall() -> "tool_calls";
        };
    }

    private static Event event(String data, boolean token) {
        return new Event("data: " + data + "\n\n", token);
    }

    private ObjectNode envelope(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + identity.id())
                .put("object", object)
                .put("created", identity.created().getEpochSecond())
                .put("model", request.model())
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_simulator");
    }

    private static ObjectNode toolCall(String function, String arguments) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("type", "function");
        call.putObject("function").put("name", function).put("arguments", arguments);
        return call;
    }

    private String toolCallId() {
        return "call_" + identity.id().substring(0, 24);
    }

    private ObjectNode usage() {
        int completionTokens = reply.tokens() * request.choices();
        ObjectNode usage = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", request.promptTokens())
                .put("completion_tokens", completionTokens)
                .put("total_tokens", request.promptTokens() + completionTokens);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", 0)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage;
    }
}
