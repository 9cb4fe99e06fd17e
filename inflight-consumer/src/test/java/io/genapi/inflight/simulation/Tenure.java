package io.genapi.inflight.simulation;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/** The time between a process getting a partition and its losing it, as the coordinator sees it. */
final class Tenure {

    /** How it ended. */
    enum End {
        NOT_YET,
        /** With a commit that Kafka took, or with nothing to say. */
        IN_GOOD_ORDER,
        /** In good order but for its last commit. */
        LAST_COMMIT_LOST,
        /** The member was thrown out. */
        LOST,
        CRASHED
    }

    final String process;
    final TopicPartition partition;
    final long began;
    End end = End.NOT_YET;
    long ended = Long.MAX_VALUE;

    /** Until when the last commit keeps others away from what ran. */
    Instant reservedUntil = Instant.MIN;

    /** Whether the others were asked already what they have in hand; later answers add nothing to what was learned then. */
    boolean claimed;

    Tenure(String process, TopicPartition partition, long began) {
        this.process = process;
        this.partition = partition;
        this.began = began;
    }
}
