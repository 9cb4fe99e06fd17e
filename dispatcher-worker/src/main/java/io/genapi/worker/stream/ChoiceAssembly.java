package io.genapi.worker.stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One of an answer's choices. Not thread-safe. */
final class ChoiceAssembly {

    private final int index;
    private final GrowingObject message = new GrowingObject();
    private final GrowingObject logprobs = new GrowingObject();
    private final ObjectNode others = JsonNodeFactory.instance.objectNode();
    private boolean withLogprobs;

    ChoiceAssembly(int index) {
        this.index = index;
    }

    void add(JsonNode choice) {
        choice.properties().forEach(member -> {
            switch (member.getKey()) {
                case "index" -> {}
                case "delta" -> message.add(member.getValue());
                case "logprobs" -> {
                    withLogprobs |= member.getValue().isObject();
                    logprobs.add(member.getValue());
                }
                default -> {
                    if (!member.getValue().isNull()) {
                        others.set(member.getKey(), member.getValue());
                    }
                }
            }
        });
    }

    ObjectNode whole() {
        ObjectNode said = message.whole();
        ObjectNode whole = JsonNodeFactory.instance.objectNode().put("index", index);
        ObjectNode full =
                whole.putObject("message").put("role", said.path("role").stringValue("assistant"));
        // Calls come with an empty text in a stream, and with none otherwise.
        boolean silent = said.path("content").stringValue("").isEmpty()
                && !said.path("tool_calls").isEmpty();
        full.set(
                "content", silent || !said.has("content") ? JsonNodeFactory.instance.nullNode() : said.path("content"));
        full.putNull("refusal");
        said.properties().stream()
                .filter(member ->
                        !member.getKey().equals("role") && !member.getKey().equals("content"))
                .forEach(member -> full.set(member.getKey(), member.getValue()));
        whole.set("logprobs", withLogprobs ? logprobs.whole() : JsonNodeFactory.instance.nullNode());
        whole.putNull("finish_reason");
        return whole.setAll(others);
    }
}
