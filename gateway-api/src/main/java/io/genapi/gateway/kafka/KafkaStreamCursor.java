package io.genapi.gateway.kafka;

import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.stream.StreamLog.Cursor;
import io.genapi.gateway.stream.StreamLog.Entry;
import io.genapi.gateway.stream.StreamLog.Extent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.DeltaRecords;
import io.genapi.schemas.kafka.ResultRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job's records in its partition of both topics. Where Kafka does not answer, the next reading asks again. */
final class KafkaStreamCursor implements Cursor {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaStreamCursor.class);

    /** Records carry the times of the machines that wrote them; by so much they may differ from this one's. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Duration OFFSETS_PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final JobId id;
    private final byte[] key;
    private final TopicPartition deltas;
    private final TopicPartition results;
    private final Extent extent;
    private final InstantSource clock;
    private final Runnable release;
    /** Where partitions are still to be read from, by time or by offset. */
    private final Map<TopicPartition, Start> starts = new HashMap<>();

    private Map<TopicPartition, Long> mark = Map.of();

    private sealed interface Start {
        record At(long offset) implements Start {}

        record Since(Instant instant) implements Start {}
    }

    /** @param consumer the cursor's own from here on */
    KafkaStreamCursor(
            Consumer<byte[], byte[]> consumer,
            JobId id,
            TopicPartition deltas,
            TopicPartition results,
            Extent extent,
            InstantSource clock,
            Runnable release) {
        this.consumer = consumer;
        this.id = id;
        this.key = id.bytes();
        this.deltas = deltas;
        this.results = results;
        this.extent = extent;
        this.clock = clock;
        this.release = release;
        consumer.assign(List.of(deltas, results));
        starts.put(deltas, extent.firstPiece().<Start>map(Start.At::new).orElseGet(() -> since(id.createdAt())));
        starts.put(results, since(extent.endSince()));
    }

    /** A job's id may have been made by a clock that is ahead; that of an idempotency key tells no time. */
    private Start since(Instant instant) {
        Instant now = clock.instant();
        Instant since = (instant.isBefore(now) ? instant : now).minus(CLOCKS);
        return new Start.Since(since.isBefore(Instant.EPOCH) ? Instant.EPOCH : since);
    }

    @Override
    public List<Entry> read(Duration patience) {
        try {
            seek();
            if (mark.isEmpty()) {
                mark = ends();
            }
        } catch (TimeoutException slow) {
            LOG.atWarn().addKeyValue("job_id", id.value()).log("A stream cannot be read yet: {}", slow.getMessage());
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            if (Arrays.equals(record.key(), key)) {
                entry(record).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private Optional<Entry> entry(ConsumerRecord<byte[], byte[]> record) {
        Optional<Entry> entry = record.topic().equals(deltas.topic())
                ? DeltaRecords.read(record).map(delta -> new Entry.Piece(delta, record.offset()))
                : ResultRecords.read(record).map(result -> new Entry.Ended(Reply.of(result)));
        if (entry.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("job_id", id.value())
                    .addKeyValue("topic", record.topic())
                    .log("A record is not understood");
        }
        return entry;
    }

    private void seek() {
        for (Map.Entry<TopicPartition, Start> start : Map.copyOf(starts).entrySet()) {
            TopicPartition partition = start.getKey();
            switch (start.getValue()) {
                case Start.At(long offset) -> consumer.seek(partition, offset);
                case Start.Since(Instant instant) -> consumer.seek(partition, offsetOf(partition, instant));
            }
            starts.remove(partition);
        }
    }

    /** The first offset of that time or later; the end where there is none. */
    private long offsetOf(TopicPartition partition, Instant instant) {
        OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, instant.toEpochMilli()), OFFSETS_PATIENCE)
                .get(partition);
        return found == null ? endOf(partition) : found.offset();
    }

    private long endOf(TopicPartition partition) {
        return consumer.endOffsets(Set.of(partition), OFFSETS_PATIENCE).getOrDefault(partition, 0L);
    }

    private Map<TopicPartition, Long> ends() {
        if (!extent.ended()) {
            return Map.copyOf(consumer.endOffsets(List.of(deltas, results), OFFSETS_PATIENCE));
        }
        Instant afterwards = extent.endSince().plus(CLOCKS);
        return Map.of(deltas, offsetOf(deltas, afterwards), results, offsetOf(results, afterwards));
    }

    @Override
    public void mark() {
        mark = Map.of();
    }

    @Override
    public boolean isAtMark() {
        return !mark.isEmpty()
                && starts.isEmpty()
                && mark.entrySet().stream().allMatch(end -> isAt(end.getKey(), end.getValue()));
    }

    private boolean isAt(TopicPartition partition, long end) {
        try {
            return consumer.position(partition, OFFSETS_PATIENCE) >= end;
        } catch (TimeoutException slow) {
            return false;
        }
    }

    @Override
    public void seekPiece(long offset) {
        starts.put(deltas, new Start.At(offset));
    }

    @Override
    public void seekEnd(Instant since) {
        starts.put(results, since(since));
    }

    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } finally {
            release.run();
        }
    }
}
