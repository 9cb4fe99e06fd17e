package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The simplest chat completion: one question, and the text of its answer. */
final class ChatBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ChatBody() {}

    static byte[] of(String model, String question) {
        return JSON.writeValueAsBytes(body(model, question));
    }

    /** The same, answered piece by piece. */
    static byte[] streamed(String model, String question) {
        return JSON.writeValueAsBytes(body(model, question).put("stream", true));
    }

    private static ObjectNode body(String model, String question) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return body;
    }

    /** The text in one piece of an answer. */
    static String pieceText(String chunk) {
        return JSON.readTree(chunk)
                .path("choices")
                .path(0)
                .path("delta")
                .path("content")
                .asString("");
    }

    static String answerText(Answer answer) {
        return answer.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
    }
}
