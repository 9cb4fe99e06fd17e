package io.genapi.gateway.responses;

import tools.jackson.databind.node.ObjectNode;

/** A function that the model wants to be called, whose arguments come bit by bit. Not thread-safe. */
final class OpenCall implements OpenItem {

    private final EventSequence events;
    private final String id;
    private final int outputIndex;
    private final String callId;
    private final String name;
    private final StringBuilder arguments = new StringBuilder();
    private boolean closed;

    /** Says that it begins. */
    OpenCall(EventSequence events, String id, int outputIndex, String callId, String name) {
        this.events = events;
        this.id = id;
        this.outputIndex = outputIndex;
        this.callId = callId;
        this.name = name;
        events.add("response.output_item.added")
                .put("output_index", outputIndex)
                .set("item", item(ResponseStatus.IN_PROGRESS));
    }

    void argue(String delta) {
        arguments.append(delta);
        closed = false;
        events.add("response.function_call_arguments.delta")
                .put("item_id", id)
                .put("output_index", outputIndex)
                .put("delta", delta);
    }

    @Override
    public void close(ResponseStatus status) {
        if (closed) {
            return;
        }
        closed = true;
        events.add("response.function_call_arguments.done")
                .put("item_id", id)
                .put("output_index", outputIndex)
                .put("name", name)
                .put("arguments", arguments.toString());
        events.add("response.output_item.done").put("output_index", outputIndex).set("item", item(status));
    }

    @Override
    public ObjectNode item(ResponseStatus status) {
        return OutputItems.functionCall(id, status, callId, name, arguments.toString());
    }
}
