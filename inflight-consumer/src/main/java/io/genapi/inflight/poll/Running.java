package io.genapi.inflight.poll;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A record on its virtual thread. The owner is touched by the poll thread alone. */
final class Running<K, V> {

    private final Held<K, V> held;
    private final int lane;
    private final long startedAt;

    /** The assignment whose window counts it; null after the partition has gone, when it is nobody's any more. */
    private @Nullable PartitionIntake<K, V> owner;

    /** A later assignment whose records of the same ordering key wait for this one. */
    private @Nullable PartitionIntake<K, V> awaitedBy;

    private boolean finished;

    Running(Held<K, V> held, PartitionIntake<K, V> owner, long startedAt) {
        this.held = held;
        this.lane = owner.lane();
        this.owner = owner;
        this.startedAt = startedAt;
    }

    Held<K, V> held() {
        return held;
    }

    int lane() {
        return lane;
    }

    TopicPartition partition() {
        return new TopicPartition(held.record().topic(), held.record().partition());
    }

    long offset() {
        return held.offset();
    }

    /** In nanoseconds of the loop's ticker. */
    long startedAt() {
        return startedAt;
    }

    @Nullable
    PartitionIntake<K, V> owner() {
        return owner;
    }

    void ownedBy(PartitionIntake<K, V> newOwner) {
        owner = newOwner;
    }

    void orphan() {
        owner = null;
    }

    void awaitedBy(PartitionIntake<K, V> later) {
        awaitedBy = later;
    }

    boolean isAwaitedBy(PartitionIntake<K, V> later) {
        return awaitedBy == later;
    }

    /** It ended well after its partition had gone. */
    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    /** Whether that is this record read once more, and not another one at its offset after a truncation. */
    boolean isSameAs(ConsumerRecord<K, V> other) {
        ConsumerRecord<K, V> record = held.record();
        return Objects.equals(record.leaderEpoch(), other.leaderEpoch()) && record.timestamp() == other.timestamp();
    }
}
