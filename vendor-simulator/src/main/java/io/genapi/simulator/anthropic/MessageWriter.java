package io.genapi.simulator.anthropic;

import io.genapi.simulator.anthropic.ParsedMessages.MessagesRequest;
import io.genapi.simulator.dialect.Answer.Event;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.model.ChatReply;
import io.genapi.simulator.model.ChatReply.Ending;
import io.genapi.simulator.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes one reply as Anthropic's {@code message} or as its stream of events. */
final class MessageWriter {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String THOUGHT = "What was said is to be repeated.";

    private final MessagesRequest request;
    private final ChatReply reply;
    private final CallIdentity identity;

    MessageWriter(MessagesRequest request, ChatReply reply, CallIdentity identity) {
        this.request = request;
        this.reply = reply;
        this.identity = identity;
    }

    String message() {
        ObjectNode message = opening();
        ArrayNode content = message.putArray("content");
        if (request.thinks()) {
            content.add(block("thinking").put("thinking", THOUGHT).put("signature", identity.id()));
        }
        if (reply.toolCall().isPresent()) {
            ObjectNode call = toolUse(reply.toolCall().get());
            if (!(reply.ending() instanceof Ending.OutOfTokens)) {
                call.set("input", JSON.readTree(reply.text()));
            }
            content.add(call);
        } else {
            content.add(block("text").put("text", reply.text()));
        }
        end(message);
        message.set("usage", usage(outputTokens()));
        return message.toString();
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        ObjectNode message = opening();
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence").set("usage", usage(1));
        ObjectNode start = node();
        start.set("message", message);
        events.add(event("message_start", start, false));
        events.add(event("ping", node(), false));
        if (request.thinks()) {
            thoughts(events);
        }
        answer(request.thinks() ? 1 : 0, events);
        ObjectNode end = node();
        end(end.putObject("delta"));
        end.putObject("usage").put("output_tokens", outputTokens());
        events.add(event("message_delta", end, false));
        events.add(event("message_stop", node(), false));
        return events;
    }

    private void thoughts(List<Event> events) {
        events.add(blockStart(0, block("thinking").put("thinking", "").put("signature", "")));
        for (String piece : Tokens.split(THOUGHT)) {
            events.add(delta(0, block("thinking_delta").put("thinking", piece), true));
        }
        events.add(delta(0, block("signature_delta").put("signature", identity.id()), false));
        events.add(blockStop(0));
    }

    private void answer(int index, List<Event> events) {
        Optional<String> tool = reply.toolCall();
        events.add(blockStart(
                index, tool.map(this::toolUse).orElseGet(() -> block("text").put("text", ""))));
        for (String piece : reply.pieces()) {
            events.add(delta(
                    index,
                    tool.isPresent()
                            ? block("input_json_delta").put("partial_json", piece)
                            : block("text_delta").put("text", piece),
                    true));
        }
        events.add(blockStop(index));
    }

    private ObjectNode opening() {
        return node().put("id", "msg_" + identity.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.model());
    }

    private ObjectNode toolUse(String tool) {
        ObjectNode use = block("tool_use")
                .put("id", "toolu_" + identity.id().substring(0, 24))
                .put("name", tool);
        use.putObject("input");
        return use;
    }

    private void end(ObjectNode ended) {
        ended.putNull("stop_sequence");
        switch (reply.ending()) {
            case Ending.Complete() -> ended.put("stop_reason", "end_turn");
            case Ending.AtStop(var text) ->
                ended.put("stop_reason", "stop_sequence").put("stop_sequence", text);
            case Ending.OutOfTokens() -> ended.put("stop_reason", "max_tokens");
            case Ending.ToolCall() -> ended.put("stop_reason", "tool_use");
        }
    }

    private int outputTokens() {
        return reply.tokens() + (request.thinks() ? Tokens.count(THOUGHT) : 0);
    }

    private ObjectNode usage(int outputTokens) {
        return node().put("input_tokens", request.inputTokens())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", outputTokens)
                .put("service_tier", "standard");
    }

    private static Event blockStart(int index, ObjectNode block) {
        ObjectNode start = node().put("index", index);
        start.set("content_block", block);
        return event("content_block_start", start, false);
    }

    private static Event delta(int index, ObjectNode delta, boolean token) {
        ObjectNode event = node().put("index", index);
        event.set("delta", delta);
        return event("content_block_delta", event, token);
    }

    private static Event blockStop(int index) {
        return event("content_block_stop", node().put("index", index), false);
    }

    private static Event event(String name, ObjectNode data, boolean token) {
        return new Event("event: " + name + "\ndata: " + data.put("type", name) + "\n\n", token);
    }

    private static ObjectNode block(String type) {
        return node().put("type", type);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
