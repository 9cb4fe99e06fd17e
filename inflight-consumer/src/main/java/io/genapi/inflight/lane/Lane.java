package io.genapi.inflight.lane;

import java.util.Set;

/**
 * A class of service: topics whose records have a share of a consumer's permits.
 *
 * @param name for metrics and log lines, unique within the consumer
 * @param topics at least one, none of them in another lane of the consumer
 * @param share how many of its records may run whatever other lanes want, 0 or more. Above it, the lane borrows what
 *     nobody else's share reserves
 * @param lends whether other lanes may use the share while this one has nothing to start. It gets lent permits back as
 *     the records end that use them, before anybody borrows again; nothing is interrupted
 * @param gate slows or stops the lane
 */
public record Lane(String name, Set<String> topics, int share, boolean lends, Gate gate) {

    public Lane {
        topics = Set.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics of lane " + name + " is empty; name at least one");
        }
        if (share < 0) {
            throw new IllegalArgumentException("share of lane " + name + " is " + share
                    + "; give 0, for what others leave, or the number of records that may always run");
        }
    }

    /** Lends its share while it has nothing to start; always open. */
    public static Lane of(String name, int share, String... topics) {
        return new Lane(name, Set.of(topics), share, true, Gate.OPEN);
    }

    /** The same lane, whose share stays unused while it has nothing to start: its next record starts at once. */
    public Lane withoutLending() {
        return new Lane(name, topics, share, false, gate);
    }

    /** The same lane, behind that gate. */
    public Lane withGate(Gate other) {
        return new Lane(name, topics, share, lends, other);
    }
}
