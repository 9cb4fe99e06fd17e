package io.genapi.worker.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.InflightOptions;
import io.genapi.inflight.run.Verdict;
import io.genapi.worker.Producers;
import io.genapi.worker.intake.Intake;
import io.genapi.worker.intake.OnceOnly;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An intake whose commits a real broker refuses, since it takes less metadata than the worker was told. */
class RefusedCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 2_000;

    private final Queue<Long> handled = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void livesOnRunsEveryRecordOnceAndNamesTheSetting(@TempDir Path directory) throws Exception {
        KafkaNode node = KafkaNode.single(directory, EmbeddedKafka.freePort(), EmbeddedKafka.freePort());
        try (EmbeddedKafka kafka = EmbeddedKafka.start(node, Map.of("offset.metadata.max.bytes", "128"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("jobs", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            produce(kafka);
            try (Intake intake = intake(kafka)) {
                intake.start();
                await().atMost(PATIENCE).until(() -> heard.size() >= 2);
                assertTrue(heard.element().contains("genapi.worker.metadata-budget"), heard.element());
                assertTrue(intake.inFlight() <= 2 * RECORDS);
                gate.countDown();
                await().atMost(PATIENCE).until(() -> committed(admin) == RECORDS);
                await().atMost(PATIENCE).until(() -> intake.problem().isEmpty());
            }
        }
        assertEquals(
                LongStream.range(0, RECORDS).boxed().toList(),
                handled.stream().sorted().toList());
    }

    private Intake intake(EmbeddedKafka kafka) {
        OnceOnly<IntakeConsumer.Place> once = new OnceOnly<>(RECORDS, RECORDS);
        InflightOptions options = InflightOptions.builder("refused")
                .topics("jobs")
                .maxInFlight(RECORDS)
                .maxInFlightPerPartition(RECORDS)
                .handOverLease(Duration.ZERO)
                .build();
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "workers");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new Intake(
                () -> new IntakeConsumer(
                        once,
                        record -> {
                            handled.add(record.offset());
                            // Every third one holds on, so that the map of the finished ones is as long as it can be.
                            if (record.offset() % 3 == 0) {
                                gate.await();
                            }
                            return Verdict.done();
                        },
                        (record, cause) -> {
                            throw new AssertionError("poison: " + record, cause);
                        },
                        (handler, poison) -> InflightConsumer.builder(
                                        options, properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                                .deferringHandler(handler)
                                .poison(poison)
                                .handOver(_ -> false)
                                .meters(meters)
                                .build()),
                (reason, _) -> heard.add(reason),
                duration -> Thread.sleep(duration.dividedBy(10)),
                System::nanoTime,
                () -> 0L);
    }

    private static long committed(Admin admin) throws Exception {
        var offsets = admin.listConsumerGroupOffsets("workers")
                .partitionsToOffsetAndMetadata()
                .get();
        var commit = offsets.get(new TopicPartition("jobs", 0));
        return commit == null ? 0 : commit.offset();
    }

    private static void produce(EmbeddedKafka kafka) {
        try (KafkaProducer<byte[], byte[]> producer = Producers.raw(kafka)) {
            for (int i = 0; i < RECORDS; i++) {
                var _ = producer.send(new ProducerRecord<>("jobs", new byte[] {1}));
            }
        }
    }
}
