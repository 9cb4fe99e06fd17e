package io.genapi.inflight.poll;

import io.genapi.inflight.offset.DecodedMetadata;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
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
    private final Lanes lanes;
    private final TopicWatch topics;
    private final Claims claims;
    private final Custody custody;
    private final InstantSource clock;
    private final LoopMetrics metrics;
    private final Map<TopicPartition, PartitionIntake<K, V>> intakes = new LinkedHashMap<>();

    /** Assigned and paused until the metadata of its commit has been read. */
    private final Set<TopicPartition> unrestored = new HashSet<>();

    private final Set<TopicPartition> paused = new HashSet<>();

    private final Orphans<K, V> orphans = new Orphans<>();

    Assignment(
            Consumer<K, V> consumer,
            PollSettings settings,
            Lanes lanes,
            TopicWatch topics,
            Claims claims,
            Custody custody,
            InstantSource clock,
            LoopMetrics metrics) {
        this.consumer = consumer;
        this.settings = settings;
        this.lanes = lanes;
        this.topics = topics;
        this.claims = claims;
        this.custody = custody;
        this.clock = clock;
        this.metrics = metrics;
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

    /** Whether the end of a record could let another one start, which no poll would notice. */
    boolean waitsForRuns() {
        return !paused.isEmpty() || intakes.values().stream().anyMatch(PartitionIntake::hasBlocked);
    }

    void add(Collection<TopicPartition> partitions, long tick) {
        unrestored.addAll(partitions);
        claims.ask(partitions, tick);
        // An answer that is older than the assignment could be of the topic before.
        topics.lookAgain();
        paused.addAll(partitions);
        consumer.pause(partitions);
    }

    /**
     * Reads, when former owners have said what they have in hand, from their commits how far the new partitions have got,
     * and looks whether the others are still those that they were; again next time if Kafka does not answer.
     */
    void restore(long tick) {
        topics.look(claims.settled(unrestored, tick), intakes.keySet(), tick).ifPresent(seen -> {
            startAnewWhatWasRecreated(seen);
            restore(seen);
        });
    }

    private void restore(TopicWatch.Seen seen) {
        Set<TopicPartition> known = new HashSet<>(unrestored);
        known.retainAll(seen.partitions());
        if (known.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed;
        custody.probe(known);
        try {
            committed = consumer.committed(known, RESTORE_TIMEOUT);
        } catch (RetriableException
                | StaleMemberEpochException
                | FencedMemberEpochException
                | UnknownMemberIdException failure) {
            log.warn("{}: the commits of {} could not be read yet", settings.name(), known, failure);
            custody.unproven(known);
            topics.lookAgain();
            return;
        }
        // Kafka answers members only, so no claim on these is newer than the assignment.
        custody.proven(known);
        for (TopicPartition partition : known) {
            intakes.put(partition, restored(partition, seen.topicOf(partition), committed.get(partition)));
        }
        unrestored.removeAll(known);
    }

    private PartitionIntake<K, V> restored(
            TopicPartition partition, Optional<Uuid> topic, @Nullable OffsetAndMetadata commit) {
        PartitionIntake<K, V> intake = newIntake(partition, topic);
        if (commit != null && TopicMark.isOfAnother(topic, commit.metadata())) {
            beginAnew(partition, "the commit at " + commit.offset());
        } else if (commit != null) {
            Progress progress = progress(partition, commit);
            OptionalInt epoch = commit.leaderEpoch().map(OptionalInt::of).orElse(OptionalInt.empty());
            intake.resume(progress, epoch);
            // The position and the map must come from one and the same commit.
            consumer.seek(partition, new OffsetAndMetadata(commit.offset(), commit.leaderEpoch(), ""));
            orphans.forgetFinishedBefore(partition, commit.offset());
            custody.committed(partition, commit.offset());
        }
        settings.handOverLease().ifPresent(lease -> {
            FormerOwners.InHand others = claims.take(partition);
            Set<Long> inHand = new HashSet<>(others.of(partition));
            inHand.addAll(custody.finished(partition));
            Instant now = clock.instant();
            intake.claimed(new Claimed(inHand, now.plus(lease), others.everybodySaid()), now);
        });
        return intake;
    }

    private void startAnewWhatWasRecreated(TopicWatch.Seen seen) {
        for (PartitionIntake<K, V> intake : List.copyOf(intakes.values())) {
            Optional<Uuid> now = seen.topicOf(intake.partition());
            if (intake.topic().isPresent() && now.isPresent() && !now.equals(intake.topic())) {
                orphans.add(intake.running());
                intakes.put(intake.partition(), newIntake(intake.partition(), now));
                beginAnew(intake.partition(), "what was read and finished of it");
            }
        }
    }

    private void beginAnew(TopicPartition partition, String past) {
        log.error(
                "{}: topic {} was deleted and created again under its name: {} of {} belongs to the former one and is"
                        + " dropped, and the partition is read from its beginning",
                settings.name(),
                partition.topic(),
                past,
                partition);
        metrics.recreated();
        orphans.forgetAll(partition);
        custody.rewind(partition, 0);
        consumer.seekToBeginning(List.of(partition));
    }

    private Progress progress(TopicPartition partition, OffsetAndMetadata commit) {
        return switch (OffsetMapCodec.decode(commit.offset(), TopicMark.strip(commit.metadata()))) {
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

    /** Goes on where the log was cut off or the position was reset to; what is below has to be finished all the same. */
    void rewind(PartitionIntake<K, V> intake, long offset) {
        log.warn(
                "{}: {} went back to offset {}: its log was truncated or its position reset; it is read from there",
                settings.name(),
                intake,
                offset);
        orphans.add(intake.rewind(offset));
        custody.rewind(intake.partition(), offset);
        metrics.rewound();
    }

    private PartitionIntake<K, V> newIntake(TopicPartition partition, Optional<Uuid> topic) {
        PartitionIntake<K, V> intake = new PartitionIntake<>(partition, topic, lanes.of(partition.topic()), settings);
        orphans.running(partition).forEach(intake::waitFor);
        return intake;
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
        intakes(partitions).forEach(intake -> orphans.add(intake.running()));
        intakes.keySet().removeAll(partitions);
        unrestored.removeAll(partitions);
        claims.forget(partitions);
        paused.removeAll(partitions);
    }

    /** That very record, if it was started in an earlier assignment of its partition. */
    @Nullable
    Running<K, V> orphan(TopicPartition partition, Held<K, V> read) {
        return orphans.find(partition, read);
    }

    /** The intake goes on with it. */
    void adopt(Running<K, V> orphan, PartitionIntake<K, V> intake) {
        orphans.forget(orphan);
        intake.adopt(orphan);
    }

    /** A record ended after its partition had gone. Unless it is finished, whoever reads it runs it. */
    void orphanEnded(Running<K, V> orphan, boolean finished, long tick) {
        PartitionIntake<K, V> present = intakes.get(orphan.partition());
        if (finished) {
            orphan.finish();
        }
        if (!finished || (present != null && present.isRewind(orphan.offset()))) {
            orphans.forget(orphan);
        }
        if (present != null) {
            present.orphanEnded(orphan, tick);
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
