package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** When which endpoint is to be looked at next; one time each. Used by one thread. */
final class Alarms {
    private final PriorityQueue<Alarm> queue = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private final Map<EndpointId, Instant> times = new HashMap<>();

    private record Alarm(EndpointId endpoint, Instant at) {}

    /** The only time for that endpoint. */
    void set(EndpointId endpoint, Instant at) {
        if (!at.equals(times.put(endpoint, at))) {
            queue.add(new Alarm(endpoint, at));
        }
    }

    void clear(EndpointId endpoint) {
        times.remove(endpoint);
    }

    /** Those whose time has come, which have none any more; not more than so many. */
    List<EndpointId> due(Instant now, int most) {
        List<EndpointId> due = new ArrayList<>();
        while (due.size() < most && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            Alarm alarm = queue.remove();
            // Another time may have been set since.
            if (times.remove(alarm.endpoint(), alarm.at())) {
                due.add(alarm.endpoint());
            }
        }
        return due;
    }
}
