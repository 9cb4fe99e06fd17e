package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When which endpoint is to be looked at next; one time each. Used by one thread. */
final class Alarms {
    private final TreeSet<Alarm> byTime = new TreeSet<>(Comparator.comparing(Alarm::at)
            .thenComparing(alarm -> alarm.endpoint().value()));
    private final Map<EndpointId, Alarm> byEndpoint = new HashMap<>();

    private record Alarm(EndpointId endpoint, Instant at) {}

    /** The only time for that endpoint. */
    void set(EndpointId endpoint, Instant at) {
        clear(endpoint);
        Alarm alarm = new Alarm(endpoint, at);
        byEndpoint.put(endpoint, alarm);
        byTime.add(alarm);
    }

    void clear(EndpointId endpoint) {
        Alarm alarm = byEndpoint.remove(endpoint);
        if (alarm != null) {
            byTime.remove(alarm);
        }
    }

    /** Those whose time has come, which have none any more; not more than so many. */
    List<EndpointId> due(Instant now, int most) {
        List<EndpointId> due = new ArrayList<>();
        while (due.size() < most && !byTime.isEmpty() && !byTime.getFirst().at().isAfter(now)) {
            EndpointId endpoint = byTime.getFirst().endpoint();
            clear(endpoint);
            due.add(endpoint);
        }
        return due;
    }
}
