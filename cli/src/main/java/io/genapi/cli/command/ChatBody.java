package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The simplest chat completion: one question, and the text of its answer. */
final class ChatBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ChatBody() {}

    static byte[] of(String model, String question) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return JSON.writeValueAsBytes(body);
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
