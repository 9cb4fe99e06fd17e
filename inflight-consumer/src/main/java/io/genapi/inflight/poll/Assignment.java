package io.genapi.inflight.poll;

import io.genapi.inflight.offset.DecodedMetadata;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that are ours: those whose progress is still to be read, and those with an intake. Poll thread only. */
final class Assignment<K, V> {

    private static final Logger log = LoggerFactory.getLogger(Assignment.class);
    private static final Duration RESTORE_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<K, V> consumer;
    private final PollSettings settings;
    private final Map<TopicPartition, PartitionIntake<K, V>> intakes = new LinkedHashMap<>();

    /** Assigned and paused until the metadata of its commit has been read. */
    private final Set<TopicPartition> unrestored = new HashSet<>();

    private final Set<TopicPartition> paused = new HashSet<>();

    /** What goes on running after its partition has gone; at most what a partition may have running. */
    private final Map<TopicPartition, Map<Long, Running<K, V>>> orphans = new HashMap<>();

    Assignment(Consumer<K, V> consumer, PollSettings settings) {
        this.consumer = consumer;
        this.settings = settings;
    }

    Collection<PartitionIntake<K, V>> intakes() {
        return intakes.values();
    }

    @Nullable
    PartitionIntake<K, V> intake(TopicPartition partition) {
        return intakes.get(partition);
    }

    int size() {
        return intakes.size() + unrestored.size();
    }

    int paused() {
        return paused.size();
    }

    void add(Collection<TopicPartition> partitions) {
        unrestored.addAll(partitions);
        paused.addAll(partitions);
        consumer.pause(partitions);
    }

    /** Reads from their commits how far the new partitions have got; again next time if Kafka does not answer. */
    void restore() {
        if (unrestored.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(Set.copyOf(unrestored), RESTORE_TIMEOUT);
        } catch (RetriableException
                | StaleMemberEpochException
                | FencedMemberEpochException
                | UnknownMemberIdException failure) {
            log.warn("{}: the commits of {} could not be read yet", settings.name(), unrestored, failure);
            return;
        }
        for (TopicPartition partition : unrestored) {
            intakes.put(partition, restored(partition, committed.get(partition)));
        }
        unrestored.clear();
    }

    private PartitionIntake<K, V> restored(TopicPartition partition, @Nullable OffsetAndMetadata commit) {
        PartitionIntake<K, V> intake = newIntake(partition);
        if (commit != null) {
            Progress progress = progress(partition, commit);
            OptionalInt epoch = commit.leaderEpoch().map(OptionalInt::of).orElse(OptionalInt.empty());
            intake.resume(progress, epoch);
            // The position and the map must come from one and the same commit.
            consumer.seek(partition, new OffsetAndMetadata(commit.offset(), commit.leaderEpoch(), ""));
            orphans.getOrDefault(partition, Map.of()).keySet().removeIf(offset -> offset < commit.offset());
        }
        return intake;
    }

    private Progress progress(TopicPartition partition, OffsetAndMetadata commit) {
        return switch (OffsetMapCodec.decode(commit.offset(), commit.metadata())) {
            case DecodedMetadata.Known(Progress progress) -> progress;
            case DecodedMetadata.Absent() -> Progress.upTo(commit.offset());
            case DecodedMetadata.Unreadable(String reason) -> {
                log.warn(
                        "{}: the metadata of the commit of {} at {} is ignored, so records above it run again: {}",
                        settings.name(),
                        partition,
                        commit.offset(),
                        reason);
                yield Progress.upTo(commit.offset());
            }
        };
    }

    /** Starts anew where the log was cut off or the position was reset to. */
    PartitionIntake<K, V> rewind(PartitionIntake<K, V> passed, long offset) {
        log.warn(
                "{}: {} went back to offset {}: truncated, re-created, or its position was reset; it is read from there",
                settings.name(),
                passed,
                offset);
        orphan(passed);
        PartitionIntake<K, V> intake = newIntake(passed.partition());
        intakes.put(passed.partition(), intake);
        return intake;
    }

    private PartitionIntake<K, V> newIntake(TopicPartition partition) {
        return new PartitionIntake<>(
                partition, settings.laneOf(partition.topic()), settings.budget(), settings.maxInFlightPerPartition());
    }

    /** Those of the partitions that have an intake. */
    List<PartitionIntake<K, V>> intakes(Collection<TopicPartition> partitions) {
        List<PartitionIntake<K, V>> found = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            PartitionIntake<K, V> intake = intakes.get(partition);
            if (intake != null) {
                found.add(intake);
            }
        }
        return found;
    }

    /** The partitions are no longer ours; what runs of them goes on, and is remembered should they come back. */
    void remove(Collection<TopicPartition> partitions) {
        intakes(partitions).forEach(this::orphan);
        intakes.keySet().removeAll(partitions);
        unrestored.removeAll(partitions);
        paused.removeAll(partitions);
    }

    private void orphan(PartitionIntake<K, V> gone) {
        for (Running<K, V> running : gone.running()) {
            running.orphan();
            orphans.computeIfAbsent(gone.partition(), any -> new HashMap<>()).put(running.offset(), running);
        }
    }

    /** That very record, if it was started in an earlier assignment of its partition; forgotten thereby. */
    @Nullable
    Running<K, V> takeOrphan(Held<K, V> read, TopicPartition partition) {
        Map<Long, Running<K, V>> known = orphans.get(partition);
        if (known == null) {
            return null;
        }
        Running<K, V> orphan = known.remove(read.offset());
        if (known.isEmpty()) {
            orphans.remove(partition);
        }
        return orphan != null && orphan.isSameAs(read.record()) ? orphan : null;
    }

    /** It ended without having finished, so whoever reads it runs it. */
    void forgetOrphan(Running<K, V> orphan) {
        Map<Long, Running<K, V>> known = orphans.get(orphan.partition());
        if (known != null) {
            known.remove(orphan.offset(), orphan);
        }
    }

    /** Pauses and resumes each partition as it needs, and as its lane wants. */
    void pauseWhatIsFull(Predicate<PartitionIntake<K, V>> laneWantsMore) {
        List<TopicPartition> toPause = new ArrayList<>();
        List<TopicPartition> toResume = new ArrayList<>();
        for (PartitionIntake<K, V> intake : intakes.values()) {
            boolean pause = intake.isFull() || !laneWantsMore.test(intake);
            if (pause && paused.add(intake.partition())) {
                toPause.add(intake.partition());
            } else if (!pause && paused.remove(intake.partition())) {
                toResume.add(intake.partition());
            }
        }
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
    }
}
