package io.genapi.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Numbers events in the order in which they happen. Not thread-safe. */
final class EventSequence {

    private final List<ResponseEvent> events = new ArrayList<>();
    private long next;

    /** One more event, whose data is to be completed at once. */
    ObjectNode add(String type) {
        ObjectNode data =
                JsonNodeFactory.instance.objectNode().put("type", type).put("sequence_number", next);
        events.add(new ResponseEvent(type, next, data));
        next++;
        return data;
    }

    /** What has happened since this was asked last. */
    List<ResponseEvent> take() {
        List<ResponseEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
