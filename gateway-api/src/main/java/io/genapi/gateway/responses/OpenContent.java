package io.genapi.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the model says or thinks, part by part. Not thread-safe. */
final class OpenContent implements OpenItem {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final EventSequence events;
    private final Kind kind;
    private final String id;
    private final int outputIndex;
    private final List<Part> parts = new ArrayList<>();
    private boolean closed;

    /** What sort of item it is. */
    enum Kind {
        MESSAGE,
        REASONING
    }

    /** What sort of part it is; named as its events begin. */
    enum PartKind {
        OUTPUT_TEXT("response.output_text"),
        REFUSAL("response.refusal"),
        REASONING_TEXT("response.reasoning_text");

        private final String event;

        PartKind(String event) {
            this.event = event;
        }
    }

    private static final class Part {
        private final PartKind kind;
        private final StringBuilder text = new StringBuilder();
        private final ArrayNode logprobs = JSON.arrayNode();

        private Part(PartKind kind) {
            this.kind = kind;
        }

        private ObjectNode node() {
            return switch (kind) {
                case OUTPUT_TEXT -> OutputItems.outputText(text.toString(), logprobs.deepCopy());
                case REFUSAL -> OutputItems.refusal(text.toString());
                case REASONING_TEXT -> OutputItems.reasoningText(text.toString());
            };
        }
    }

    /** Says that it begins. */
    OpenContent(EventSequence events, Kind kind, String id, int outputIndex) {
        this.events = events;
        this.kind = kind;
        this.id = id;
        this.outputIndex = outputIndex;
        events.add("response.output_item.added")
                .put("output_index", outputIndex)
                .set("item", item(ResponseStatus.IN_PROGRESS));
    }

    Kind kind() {
        return kind;
    }

    /** @param logprobs of the tokens of the piece, where they were asked for */
    void say(PartKind partKind, String delta, ArrayNode logprobs) {
        int index = partOf(partKind);
        Part part = parts.get(index);
        part.text.append(delta);
        part.logprobs.addAll(logprobs);
        closed = false;
        ObjectNode event = about(partKind.event + ".delta", index).put("delta", delta);
        if (partKind == PartKind.OUTPUT_TEXT) {
            event.set("logprobs", logprobs);
        }
    }

    private int partOf(PartKind partKind) {
        for (int index = 0; index < parts.size(); index++) {
            if (parts.get(index).kind == partKind) {
                return index;
            }
        }
        Part part = new Part(partKind);
        parts.add(part);
        about("response.content_part.added", parts.size() - 1).set("part", part.node());
        return parts.size() - 1;
    }

    @Override
    public void close(ResponseStatus status) {
        if (closed) {
            return;
        }
        closed = true;
        for (int index = 0; index < parts.size(); index++) {
            Part part = parts.get(index);
            ObjectNode done = about(part.kind.event + ".done", index);
            done.put(part.kind == PartKind.REFUSAL ? "refusal" : "text", part.text.toString());
            if (part.kind == PartKind.OUTPUT_TEXT) {
                done.set("logprobs", part.logprobs.deepCopy());
            }
            about("response.content_part.done", index).set("part", part.node());
        }
        events.add("response.output_item.done").put("output_index", outputIndex).set("item", item(status));
    }

    @Override
    public ObjectNode item(ResponseStatus status) {
        ArrayNode content = JSON.arrayNode();
        parts.forEach(part -> content.add(part.node()));
        return kind == Kind.MESSAGE
                ? OutputItems.message(id, status, content)
                : OutputItems.reasoning(id, status, content);
    }

    private ObjectNode about(String type, int contentIndex) {
        return events.add(type)
                .put("item_id", id)
                .put("output_index", outputIndex)
                .put("content_index", contentIndex);
    }
}
