package io.genapi.gateway.kafka;

import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.stream.LiveStreams;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.DeltaRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership in the gateways' group: receives results and pieces of answers, and hands them to the calls that wait. A partition counts as
 * owned from the moment that both topics' partition of that number is assigned here and read from its end on. Not
 * thread-safe: one thread steps it, and {@link #wakeup()} alone may come from another.
 */
final class ReplyIntake implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyIntake.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POSITION_PATIENCE = Duration.ofSeconds(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicNames topics;
    private final PartitionOwnership ownership;
    private final PendingReplies pendingReplies;
    private final LiveStreams liveStreams;
    private final ReplySpans spans;
    private final Set<TopicPartition> unpositioned = new HashSet<>();
    private final Set<TopicPartition> positioned = new HashSet<>();

    /** @param consumer not subscribed yet; the intake's own from here on */
    ReplyIntake(
            Consumer<byte[], byte[]> consumer,
            TopicNames topics,
            PartitionOwnership ownership,
            PendingReplies pendingReplies,
            LiveStreams liveStreams,
            ReplySpans spans) {
        this.consumer = consumer;
        this.topics = topics;
        this.ownership = ownership;
        this.pendingReplies = pendingReplies;
        this.liveStreams = liveStreams;
        this.spans = spans;
        consumer.subscribe(List.of(topics.results(), topics.deltas()), this);
    }

    /** One step; returns how many records it handed over. */
    int doWork() {
        int handedOver = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            handedOver += handOver(record) ? 1 : 0;
        }
        position();
        return handedOver;
    }

    void wakeup() {
        consumer.wakeup();
    }

    /**
     * Ids are minted for a partition only after this has moved its position to the end that it has now: whatever is
     * written for them lies behind it. Where Kafka does not tell the end in time, the next step asks again.
     */
    private void position() {
        if (unpositioned.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(Set.copyOf(unpositioned), POSITION_PATIENCE);
            ends.forEach((partition, end) -> {
                consumer.seek(partition, end);
                unpositioned.remove(partition);
                positioned.add(partition);
            });
            ownership.gain(complete());
        } catch (TimeoutException slow) {
            LOG.warn("Kafka did not tell the ends of {} yet: {}", unpositioned, slow.getMessage());
        }
    }

    /** The partitions of which both topics are positioned. */
    private Set<Integer> complete() {
        return positioned.stream()
                .filter(partition -> partition.topic().equals(topics.results()))
                .map(TopicPartition::partition)
                .filter(number -> positioned.contains(new TopicPartition(topics.deltas(), number)))
                .collect(Collectors.toSet());
    }

    private boolean handOver(ConsumerRecord<byte[], byte[]> record) {
        JobId id = RequestRecords.keyAsId(record.key()).orElse(null);
        if (id == null) {
            return false;
        }
        boolean followed = liveStreams.isFollowed(id);
        if (record.topic().equals(topics.deltas())) {
            return followed && handOverPiece(id, record);
        }
        return (followed || pendingReplies.isExpected(id)) && spans.processing(record, () -> handOverEnd(id, record));
    }

    private boolean handOverEnd(JobId id, ConsumerRecord<byte[], byte[]> record) {
        Optional<Reply> reply = ResultRecords.read(record).map(Reply::of);
        if (reply.isEmpty()) {
            LOG.atWarn().addKeyValue("job_id", id.value()).log("A result record is not understood");
            return false;
        }
        liveStreams.ended(id, reply.get());
        return pendingReplies.arrived(id, reply.get());
    }

    private boolean handOverPiece(JobId id, ConsumerRecord<byte[], byte[]> record) {
        Optional<JobDelta> piece = DeltaRecords.read(record);
        if (piece.isEmpty()) {
            LOG.atWarn().addKeyValue("job_id", id.value()).log("A piece of an answer is not understood");
            return false;
        }
        liveStreams.piece(piece.get(), record.offset());
        return true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        unpositioned.addAll(partitions);
        LOG.debug("Assigned {}", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(unpositioned::remove);
        partitions.forEach(positioned::remove);
        Set<Integer> numbers =
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        ownership.lose(numbers);
        pendingReplies.moved(numbers);
        liveStreams.moved(numbers);
        LOG.debug("Revoked {}", partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        onPartitionsRevoked(partitions);
    }

    /** Leaves the group. Nothing is owned afterwards. */
    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
        } finally {
            Set<TopicPartition> left = new HashSet<>(positioned);
            left.addAll(unpositioned);
            onPartitionsRevoked(left);
        }
    }
}
