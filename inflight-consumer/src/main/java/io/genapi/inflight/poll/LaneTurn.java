package io.genapi.inflight.poll;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What one lane could start in one turn, one record of each partition after the other. Poll thread only. */
final class LaneTurn<K, V> {

    private record Waiting<K, V>(PartitionIntake<K, V> intake, int records) {}

    private final boolean open;
    private final long heldBytes;
    private final Deque<Waiting<K, V>> queue = new ArrayDeque<>();
    private int room;
    private int records;

    /** @param room the gate's */
    LaneTurn(int room, Collection<PartitionIntake<K, V>> intakes) {
        this.room = room;
        open = room > 0;
        heldBytes = intakes.stream().mapToLong(PartitionIntake::heldBytes).sum();
        if (open) {
            intakes.stream()
                    .sorted(Comparator.comparingLong(PartitionIntake::lastServed))
                    .forEach(intake -> add(intake));
        }
    }

    private void add(PartitionIntake<K, V> intake) {
        int startable = intake.startable();
        if (startable > 0) {
            queue.add(new Waiting<>(intake, startable));
            records += startable;
        }
    }

    /** Whether the lane's gate let anything through when the turn began. */
    boolean isOpen() {
        return open;
    }

    /** Bytes of what had been read of it and neither ran nor was finished when the turn began. */
    long heldBytes() {
        return heldBytes;
    }

    /** How many records could start now. */
    int waiting() {
        return Math.min(records, room);
    }

    /** The partition whose turn it is; out of this turn until {@link #served}. */
    @Nullable
    PartitionIntake<K, V> next() {
        Waiting<K, V> first = queue.poll();
        if (first == null) {
            return null;
        }
        records -= first.records();
        return first.intake();
    }

    /** One of its records has started. */
    void served(PartitionIntake<K, V> intake) {
        room--;
        add(intake);
    }
}
