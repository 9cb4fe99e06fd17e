package io.genapi.schemas.control;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One process saying that it lives.
 *
 * @param instance unique among the processes of all services
 * @param address where its HTTP port answers for its peers
 * @param interval how often it says so: a process not heard of for three intervals counts as gone
 * @param stopping true of the last one, on the way out
 * @param vendors how a worker finds its vendors; empty from other services
 * @param catalogProblem why what the vendor catalog's file says does not count there, in a sentence; empty when it does
 * @param places of blobs that a worker can read now, by their ids; empty from other services and from older workers
 */
public record Heartbeat(
        Service service,
        String instance,
        URI address,
        Instant startedAt,
        Instant at,
        Duration interval,
        boolean stopping,
        List<VendorHealth> vendors,
        Optional<String> catalogProblem,
        Set<String> places) {

    public Heartbeat {
        vendors = List.copyOf(vendors);
        places = Set.copyOf(places);
    }

    /** Of a process that reads no place of blobs. */
    public Heartbeat(
            Service service,
            String instance,
            URI address,
            Instant startedAt,
            Instant at,
            Duration interval,
            boolean stopping,
            List<VendorHealth> vendors,
            Optional<String> catalogProblem) {
        this(service, instance, address, startedAt, at, interval, stopping, vendors, catalogProblem, Set.of());
    }

    /** Until when the process counts as alive. */
    public Instant validUntil() {
        return stopping ? at : at.plus(interval.multipliedBy(3));
    }

    /** The services of the broker. */
    public enum Service {
        GATEWAY,
        WORKER,
        STORE
    }
}
