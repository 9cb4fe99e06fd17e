package io.genapi.gateway.responses.request;

import io.genapi.schemas.job.ResponseEcho;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for a response, as far as it is said in a chat completion's words.
 *
 * @param chat all but the messages
 * @param instructions what goes in front of all messages, those of earlier responses too
 * @param messages of its own input
 * @param previous the response that it goes on from, as the caller named it
 * @param background whether the caller asks for the answer later
 * @param stream whether the caller wants the answer as events
 * @param store whether the answer may be asked for later
 * @param repeated what the answer repeats of the request
 */
public record ResponseRequest(
        ObjectNode chat,
        Optional<String> instructions,
        List<ObjectNode> messages,
        Optional<String> previous,
        boolean background,
        boolean stream,
        boolean store,
        ObjectNode repeated) {

    public ResponseRequest {
        messages = List.copyOf(messages);
    }

    /** The same, but in the background. */
    public ResponseRequest inBackground() {
        ObjectNode repeating = repeated.deepCopy().put("background", true);
        return new ResponseRequest(chat, instructions, messages, previous, true, stream, store, repeating);
    }

    /**
     * The body of the chat completion.
     *
     * @param history what was said before, without instructions
     */
    public byte[] body(List<JsonNode> history) {
        ObjectNode body = chat.deepCopy();
        ArrayNode all = body.putArray("messages");
        instructions.ifPresent(text -> all.addObject().put("role", "system").put("content", text));
        history.forEach(all::add);
        messages.forEach(all::add);
        return RequestJson.write(body);
    }

    public ResponseEcho echo() {
        return new ResponseEcho(new String(RequestJson.write(repeated), StandardCharsets.UTF_8));
    }
}
