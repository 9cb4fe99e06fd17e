package io.genapi.inflight.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one commit at a time, so that none can overtake another. For the poll thread, which also gets the answers. */
final class Commits<K, V> {

    private static final Logger log = LoggerFactory.getLogger(Commits.class);
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Consumer<K, V> consumer;
    private final Duration interval;
    private final Custody custody;
    private final LongSupplier ticker;
    private boolean inFlight;
    private long notBefore;
    private @Nullable KafkaException fatal;

    Commits(Consumer<K, V> consumer, Duration interval, Custody custody, LongSupplier ticker) {
        this.consumer = consumer;
        this.interval = interval;
        this.custody = custody;
        this.ticker = ticker;
        this.notBefore = ticker.getAsLong();
    }

    /**
     * Commits what is news if no commit is on its way and the interval has passed; returns the number of partitions.
     *
     * @param now if the next owner can find out how the records ended that run
     * @throws KafkaException if an earlier commit failed for a reason that will not go away
     */
    int commitIfDue(Collection<PartitionIntake<K, V>> intakes, Optional<Instant> now) {
        if (fatal != null) {
            throw fatal;
        }
        if (inFlight || ticker.getAsLong() - notBefore < 0) {
            return 0;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        List<PartitionIntake<K, V>> taken = new ArrayList<>();
        for (PartitionIntake<K, V> intake : intakes) {
            if (custody.isFenced(intake.partition())) {
                // If Kafka takes the commit, the partition is ours all the same.
                intake.markDirty();
            }
            now.map(intake::takeCommit).orElseGet(intake::takeCommit).ifPresent(commit -> {
                offsets.put(intake.partition(), commit);
                taken.add(intake);
            });
        }
        if (offsets.isEmpty()) {
            return 0;
        }
        inFlight = true;
        notBefore = ticker.getAsLong() + interval.toNanos();
        custody.probe(offsets.keySet());
        consumer.commitAsync(offsets, (_, failure) -> answered(taken, offsets, failure));
        return taken.size();
    }

    private void answered(
            List<PartitionIntake<K, V>> taken,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable Exception failure) {
        inFlight = false;
        if (failure == null) {
            custody.proven(offsets.keySet());
            taken(offsets);
            return;
        }
        custody.unproven(offsets.keySet());
        taken.forEach(PartitionIntake::markDirty);
        if (failure instanceof KafkaException kafka && isFatal(kafka)) {
            fatal = kafka;
            return;
        }
        log.warn("a commit of {} partitions failed and is repeated with newer offsets", taken.size(), failure);
        notBefore = ticker.getAsLong() + Math.max(interval.toNanos(), PAUSE_AFTER_FAILURE.toNanos());
    }

    /**
     * The last commit of these assignments: waits for it, and for the asynchronous one before it. A failure is logged
     * only, since nothing is lost by it: the next owner runs again what this one could not tell it about.
     *
     * @param reservedUntil how long the next owner is to leave alone what runs, if it is to
     */
    void commitNow(Collection<PartitionIntake<K, V>> intakes, Optional<Instant> reservedUntil) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (PartitionIntake<K, V> intake : intakes) {
            if (inFlight) {
                // The answer to the commit on its way may be lost together with the assignment.
                intake.markDirty();
            }
            reservedUntil
                    .map(intake::takeHandOver)
                    .orElseGet(intake::takeCommit)
                    .ifPresent(commit -> offsets.put(intake.partition(), commit));
        }
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, SYNC_TIMEOUT);
            taken(offsets);
        } catch (KafkaException failure) {
            intakes.forEach(PartitionIntake::markDirty);
            log.warn("the last commit of {} failed; their next owner runs some records again", intakes, failure);
        }
    }

    private void taken(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, commit) -> custody.committed(partition, commit.offset()));
    }

    private static boolean isFatal(KafkaException failure) {
        return failure instanceof AuthorizationException
                || failure instanceof AuthenticationException
                || failure instanceof FencedInstanceIdException
                || failure instanceof OffsetMetadataTooLarge
                || failure instanceof InvalidCommitOffsetSizeException
                || failure instanceof UnsupportedVersionException;
    }
}
