package io.genapi.gateway.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.reply.JobIdMinter;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.PendingReply;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.reply.WaitOutcome;
import io.genapi.gateway.stream.LiveStreams;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReplyIntakeTest {

    private static final TopicNames TOPICS = TopicNames.STANDARD;
    private static final int PARTITIONS = 4;
    private static final long END = 100;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final PartitionOwnership ownership = new PartitionOwnership();
    private final PendingReplies pendingReplies = new PendingReplies(ownership, PARTITIONS);
    private final LiveStreams liveStreams = new LiveStreams(ownership, PARTITIONS, 1 << 20);
    private final JobIdMinter minter = new JobIdMinter(ownership, PARTITIONS, CLOCK, new Random(1));
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final ReplyIntake intake = new ReplyIntake(
            consumer, TOPICS, ownership, pendingReplies, liveStreams, new ReplySpans(new Telemetry(openTelemetry)));

    ReplyIntakeTest() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        both(0, 1, 2, 3).forEach(partition -> ends.put(partition, END));
        consumer.updateEndOffsets(ends);
    }

    @Test
    void mintsForAPartitionOnlyOnceItsEndIsReached() {
        assertTrue(minter.mint().isEmpty());
        consumer.schedulePollTask(() -> {
            consumer.rebalance(both(1, 2));
            assertTrue(minter.mint().isEmpty());
        });
        intake.doWork();

        assertEquals(Set.of(1, 2), ownership.owned());
        both(1, 2).forEach(partition -> assertEquals(END, consumer.position(partition)));
        JobId id = minter.mint().orElseThrow();
        assertTrue(Set.of(1, 2).contains(JobPartitioner.partitionOf(id, PARTITIONS)));
    }

    @Test
    void ownsNothingWhileKafkaDoesNotTellTheEnd() {
        consumer.schedulePollTask(() -> consumer.rebalance(both(1)));
        consumer.setOffsetsException(new TimeoutException("slow"));
        intake.doWork();
        assertEquals(Set.of(), ownership.owned());

        intake.doWork();
        assertEquals(Set.of(1), ownership.owned());
    }

    @Test
    void ownsAPartitionOnlyWithBothItsTopics() {
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(new TopicPartition(TOPICS.results(), 3))));
        intake.doWork();
        assertEquals(Set.of(), ownership.owned());

        consumer.schedulePollTask(() -> consumer.rebalance(both(3)));
        intake.doWork();
        assertEquals(Set.of(3), ownership.owned());
    }

    @Test
    void handsAResultToTheCallThatWaitsAndDropsOthers() throws InterruptedException {
        own(0, 1, 2, 3);
        JobId awaited = minter.mint().orElseThrow();
        JobId unknown = minter.mint().orElseThrow();
        try (PendingReply pending = pendingReplies.expect(awaited)) {
            add(result(unknown, "other"), 0);
            add(result(awaited, "mine"), 1);
            add(result(awaited, "mine again"), 2);
            assertEquals(1, intake.doWork());

            assertEquals("mine", replyOf(await(pending)));
            assertFalse(pendingReplies.isExpected(awaited));
        }
    }

    @Test
    void makesASpanUnderTheRecordsOwn() {
        own(0, 1, 2, 3);
        JobId id = minter.mint().orElseThrow();
        try (PendingReply _ = pendingReplies.expect(id)) {
            ProducerRecord<byte[], byte[]> result = result(id, "mine");
            result.headers()
                    .add(
                            "traceparent",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
                                    .getBytes(StandardCharsets.US_ASCII));
            add(result, 0);
            intake.doWork();
        }

        SpanData span = exporter.getFinishedSpanItems().getFirst();
        assertEquals("process genapi.results", span.getName());
        assertEquals(SpanKind.CONSUMER, span.getKind());
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", span.getTraceId());
        assertEquals("00f067aa0ba902b7", span.getParentSpanId());
    }

    @Test
    void aCallWhosePartitionIsTakenAwayAsksTheStore() throws InterruptedException {
        own(0, 1, 2, 3);
        JobId id = minter.mint().orElseThrow();
        try (PendingReply pending = pendingReplies.expect(id)) {
            consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
            intake.doWork();

            assertEquals(Set.of(), ownership.owned());
            assertEquals("{\"x\":\"stored\"}", replyOf(await(pending)));
        }
    }

    @Test
    void aCallThatBeginsToWaitAfterItsPartitionWasTakenAwayAsksTheStore() throws InterruptedException {
        own(0, 1, 2, 3);
        JobId id = minter.mint().orElseThrow();
        consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
        intake.doWork();

        try (PendingReply pending = pendingReplies.expect(id)) {
            assertEquals("{\"x\":\"stored\"}", replyOf(await(pending)));
        }
    }

    @Test
    void ownsNothingOnceClosed() {
        own(0, 1);
        intake.close();

        assertEquals(Set.of(), ownership.owned());
        assertTrue(consumer.closed());
    }

    private void own(Integer... numbers) {
        consumer.schedulePollTask(() -> consumer.rebalance(both(numbers)));
        intake.doWork();
    }

    private static List<TopicPartition> both(Integer... numbers) {
        return Stream.of(numbers)
                .flatMap(number ->
                        Stream.of(TOPICS.results(), TOPICS.deltas()).map(topic -> new TopicPartition(topic, number)))
                .toList();
    }

    private void add(ProducerRecord<byte[], byte[]> result, int nth) {
        JobId id = new JobId(new String(result.key(), StandardCharsets.US_ASCII));
        int partition = JobPartitioner.partitionOf(id, PARTITIONS);
        consumer.addRecord(new ConsumerRecord<>(
                result.topic(),
                partition,
                END + nth,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                result.key(),
                result.value(),
                result.headers(),
                Optional.empty()));
    }

    private static ProducerRecord<byte[], byte[]> result(JobId id, String body) {
        JobResult result = new JobResult(
                id,
                JobStatus.SUCCEEDED,
                200,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("r"),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                NOW,
                Audience.NONE,
                body.getBytes(StandardCharsets.UTF_8));
        return ResultRecords.write(result, TOPICS.results(), "/test");
    }

    private static WaitOutcome await(PendingReply pending) throws InterruptedException {
        return new ReplyWait(new StoredJobs(), Duration.ofHours(1), CLOCK)
                .await(pending, NOW.plusSeconds(60), () -> true);
    }

    private static String replyOf(WaitOutcome outcome) {
        return outcome instanceof WaitOutcome.Replied(var reply)
                ? new String(reply.body(), StandardCharsets.UTF_8)
                : outcome.toString();
    }

    /** A store in which every job has succeeded. */
    private static final class StoredJobs implements JobStore {

        @Override
        public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
            return new StoreAnswer.Found("{\"status\":\"succeeded\",\"http_status\":200,\"result\":{\"x\":\"stored\"}}"
                    .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public StoreAnswer list(JobQuery query) {
            return new StoreAnswer.NotFound();
        }
    }
}
