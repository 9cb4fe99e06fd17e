package io.genapi.worker.kafka;

import io.genapi.inflight.DeferringHandler;
import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.PoisonHandler;
import io.genapi.inflight.run.Verdict;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.worker.intake.IntakeRun;
import io.genapi.worker.intake.OnceOnly;
import io.genapi.worker.intake.Partition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;

/** One {@link InflightConsumer} of the intake, which runs no record that another one before it ran. */
public final class IntakeConsumer implements IntakeRun {

    /** Makes the consumer for these handlers; called once, and does not start it. */
    @FunctionalInterface
    public interface Maker {
        InflightConsumer<byte[], byte[]> make(
                DeferringHandler<byte[], byte[]> handler, PoisonHandler<byte[], byte[]> poison);
    }

    /** A record, and not another one that came to lie at its offset after a truncation or in a topic created again. */
    public record Place(
            String topic, int partition, long offset, Optional<Integer> leaderEpoch, long timestamp, JobId job) {

        static Place of(ConsumerRecord<byte[], ?> record) {
            return new Place(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.leaderEpoch(),
                    record.timestamp(),
                    RequestRecords.idOf(record));
        }
    }

    private final OnceOnly<Place> once;
    private final DeferringHandler<byte[], byte[]> handler;
    private final PoisonHandler<byte[], byte[]> poison;
    private final AtomicInteger running = new AtomicInteger();
    private final InflightConsumer<byte[], byte[]> consumer;

    /** @param once the same for all consumers of a process */
    public IntakeConsumer(
            OnceOnly<Place> once,
            DeferringHandler<byte[], byte[]> handler,
            PoisonHandler<byte[], byte[]> poison,
            Maker maker) {
        this.once = once;
        this.handler = handler;
        this.poison = poison;
        this.consumer = maker.make(this::handle, this::poison);
    }

    private Verdict handle(ConsumerRecord<byte[], byte[]> record) throws Exception {
        // Where another consumer's thread has done it.
        AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.done());
        run(record, () -> {
            verdict.set(handler.handle(record));
            return verdict.get().equals(Verdict.done());
        });
        return verdict.get();
    }

    private void poison(ConsumerRecord<byte[], byte[]> record, Throwable cause) throws Exception {
        run(record, () -> {
            poison.poison(record, cause);
            return true;
        });
    }

    private void run(ConsumerRecord<byte[], byte[]> record, OnceOnly.Step step) throws Exception {
        running.incrementAndGet();
        try {
            var _ = once.run(Place.of(record), step);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void start() {
        consumer.start();
    }

    @Override
    public boolean isAssigned() {
        return consumer.isAssigned();
    }

    /** Counted here: a consumer that has failed no longer notices that a record has ended. */
    @Override
    public int inFlight() {
        return running.get();
    }

    @Override
    public Map<Partition, Set<Long>> cede(Set<Partition> partitions) {
        Map<Partition, Set<Long>> inHand = new HashMap<>();
        consumer.cede(FormerWorkers.kafkas(partitions))
                .forEach((partition, offsets) -> inHand.put(FormerWorkers.ours(partition), offsets));
        return inHand;
    }

    @Override
    public Optional<String> failure() {
        return consumer.failure().map(IntakeConsumer::explained);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static String explained(Throwable failure) {
        return switch (failure) {
            case OffsetMetadataTooLarge _, InvalidCommitOffsetSizeException _ ->
                "the consumer has stopped: Kafka refused a commit, since its metadata is too long. Set"
                        + " genapi.worker.metadata-budget to no more than the brokers' offset.metadata.max.bytes, and no"
                        + " less than 160";
            case AuthorizationException refused ->
                "the consumer has stopped: Kafka does not let it read. Grant its principal READ on the request topics"
                        + " and the group (" + refused + ")";
            default -> "the consumer has stopped: " + failure;
        };
    }
}
