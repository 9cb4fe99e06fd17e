package io.genapi.inflight;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.inflight.lane.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflightConsumerTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofHours(1);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(directory);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void runsAgainAfterARestartOnlyWhatHadNotFinished(String protocol) throws Exception {
        TestTopic topic = TestTopic.create(kafka, "restart-" + protocol, 1);
        topic.produce(1, 0, 100);
        GatedHandler first = GatedHandler.keeping(3, 50, 98);
        try (var _ =
                started(topic, protocol, options(topic).grace(Duration.ZERO).build(), first)) {
            await().atMost(LONG).until(() -> first.finished().size() == 97);
        }
        assertEquals(3, topic.committedOffset(0));

        topic.produce(1, 100, 110);
        GatedHandler second = GatedHandler.keeping();
        try (var _ = started(topic, protocol, options(topic).build(), second)) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 110);
        }
        List<String> expected = new ArrayList<>(List.of("3", "50", "98"));
        IntStream.range(100, 110).mapToObj(Integer::toString).forEach(expected::add);
        assertEquals(Set.copyOf(expected), Set.copyOf(second.started()));
        assertEquals(expected.size(), second.started().size());
        assertEquals(15, topic.committed(0).orElseThrow().metadata().length(), "no more than the topic's mark");
    }

    @Test
    void letsNoSlowRecordDelayTheOthers() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "slow", 2);
        topic.produce(2, 0, 5_000);
        GatedHandler handler = GatedHandler.keeping(0, 1);
        try (var consumer = started(
                topic,
                "consumer",
                options(topic).maxInFlight(200).maxInFlightPerPartition(100).build(),
                handler)) {
            await().atMost(LONG).until(() -> handler.finished().size() == 4_998);
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 0 && topic.committedOffset(1) == 0);
            assertEquals(2, consumer.inFlight());
            handler.letGo();
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 2_500 && topic.committedOffset(1) == 2_500);
        }
        assertEquals(5_000, handler.started().size());
    }

    @Test
    void readsALaneThatComesLaterAndDisturbsNothingForIt() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "early", 2);
        TestTopic late = TestTopic.create(kafka, "late", 2);
        topic.produce(2, 0, 10);
        late.produce(2, 100, 110);
        GatedHandler handler = GatedHandler.keeping(3, 4);
        try (var consumer = started(topic, "consumer", options(topic).build(), handler)) {
            await().atMost(LONG).until(() -> handler.finished().size() == 8);
            consumer.add(Lane.of("late", 0, late.name()));
            await().atMost(LONG).until(() -> handler.finished().size() == 18);
            await().atMost(LONG).until(() -> consumer.inFlight() == 2);
            assertThrows(IllegalArgumentException.class, () -> consumer.add(Lane.of("again", 0, late.name())));
            handler.letGo();
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 5 && topic.committedOffset(1) == 5);
        }
        assertEquals(20, handler.started().size(), "each ran once");
    }

    @Test
    void finishesWhatRunsWithinTheGracePeriodAndCommitsIt() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "grace", 1);
        topic.produce(1, 0, 10);
        GatedHandler handler = GatedHandler.keeping(4);
        var consumer = started(topic, "consumer", options(topic).grace(LONG).build(), handler);
        await().atMost(LONG).until(() -> handler.finished().size() == 9);
        Thread closing = Thread.ofVirtual().start(consumer::close);
        await().atMost(LONG).until(() -> closing.getState() == Thread.State.WAITING);
        handler.letGo();
        closing.join();
        assertEquals(10, topic.committedOffset(0));
        assertEquals(Optional.empty(), consumer.failure());
    }

    @Test
    void pausesAFullPartitionAloneAndKeepsItsMembership() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "full", 2);
        topic.produce(2, 0, 400);
        int[] even = IntStream.range(0, 200).map(value -> value * 2).toArray();
        GatedHandler handler = GatedHandler.keeping(even);
        Map<String, Object> properties = topic.consumerProperties("consumer");
        // A consumer that stopped polling would lose its partitions long before the test ends.
        properties.put("max.poll.interval.ms", 1_000);
        try (var consumer = start(
                properties,
                options(topic).maxInFlight(100).maxInFlightPerPartition(10).build(),
                handler)) {
            await().atMost(LONG)
                    .until(() -> handler.finished().size() == 200
                            && handler.started().size() == 210);
            await().atMost(LONG).until(() -> topic.committedOffset(1) == 200);
            topic.produce(2, 401, 402);
            await().atMost(LONG).until(() -> handler.finished().contains("401"));
            assertEquals(10, consumer.inFlight());
            handler.letGo();
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 200);
        }
        assertEquals(401, handler.started().size());
    }

    @Test
    void handsPoisonOnAfterItsAttemptsAndGoesOn() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "poison", 1);
        topic.produce(1, 0, 20);
        AtomicInteger calls = new AtomicInteger();
        List<String> poisoned = new CopyOnWriteArrayList<>();
        AtomicInteger refusals = new AtomicInteger(2);
        RecordHandler<String, String> handler = record -> {
            if (record.value().equals("7")) {
                throw new IllegalStateException("attempt " + calls.incrementAndGet());
            }
        };
        PoisonHandler<String, String> poison = (record, cause) -> {
            if (refusals.getAndDecrement() > 0) {
                throw new IllegalStateException("the dead-letter topic is away");
            }
            poisoned.add(record.value() + ": " + cause.getMessage());
        };
        try (var consumer = InflightConsumer.builder(
                        options(topic).build(),
                        topic.consumerProperties("consumer"),
                        new StringDeserializer(),
                        new StringDeserializer())
                .handler(handler)
                .poison(poison)
                .build()) {
            consumer.start();
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 20);
        }
        assertEquals(List.of("7: attempt 3"), poisoned);
    }

    @Test
    void keepsTheSuccessorsOfARecordWaitingUntilItsLastAttemptHasEnded() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "ordered-retries", 1);
        topic.produce(1, 0, 30);
        GatedHandler gate = GatedHandler.keeping(0);
        List<String> attempts = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        RecordHandler<String, String> handler = record -> {
            attempts.add(record.value());
            if (record.value().equals("0") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            gate.handle(record);
        };
        try (var consumer = InflightConsumer.builder(
                        options(topic).build(),
                        topic.consumerProperties("consumer"),
                        new StringDeserializer(),
                        new StringDeserializer())
                .handler(handler)
                .poison(InflightConsumerTest::noPoison)
                .orderedBy(record -> record.offset() < 10 ? "one after another" : null)
                .build()) {
            consumer.start();
            await().atMost(LONG)
                    .until(() -> gate.finished().size() == 20 && gate.started().contains("0"));
            assertEquals(List.of("0", "0", "0"), before(10, attempts));
            assertEquals(1, consumer.inFlight());
            gate.letGo();
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 30);
        }
        List<String> expected = new ArrayList<>(List.of("0", "0", "0"));
        IntStream.range(1, 10).mapToObj(Integer::toString).forEach(expected::add);
        assertEquals(expected, before(10, attempts));
    }

    @Test
    void handsOnWhatCannotBeDeserialised() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "unreadable", 1);
        // Four characters are an integer to the deserialiser, three are not.
        topic.produce(1, 999, 1_002);
        List<Long> poisoned = new CopyOnWriteArrayList<>();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        try (var consumer = InflightConsumer.builder(
                        options(topic).build(),
                        topic.consumerProperties("consumer"),
                        new IntegerDeserializer(),
                        new IntegerDeserializer())
                .handler(record -> handled.add(record.value()))
                .poison((record, cause) -> {
                    assertTrue(cause instanceof RecordDeserializationException);
                    poisoned.add(record.offset());
                })
                .build()) {
            consumer.start();
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 3);
        }
        assertEquals(List.of(0L), poisoned);
        assertEquals(2, handled.size());
    }

    @Test
    void commitsPastTransactionMarkersAndAbortedRecords() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "transactions", 1);
        topic.produceTransaction(0, 5, true);
        topic.produceTransaction(5, 8, false);
        topic.produceTransaction(8, 10, true);
        Map<String, Object> properties = topic.consumerProperties("consumer");
        properties.put("isolation.level", "read_committed");
        GatedHandler handler = GatedHandler.keeping();
        try (var _ = start(properties, options(topic).build(), handler)) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 13);
        }
        assertEquals(Set.of("0", "1", "2", "3", "4", "8", "9"), Set.copyOf(handler.started()));
        assertEquals(7, handler.started().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void repeatsNothingWhenAMemberComesOrGoesWhileRecordsRun(String protocol) throws Exception {
        TestTopic topic = TestTopic.create(kafka, "hand-over-" + protocol, 6);
        topic.produce(6, 0, 60);
        GatedHandler handler = GatedHandler.keeping(IntStream.range(0, 60).toArray());
        InflightOptions options =
                options(topic).grace(LONG).handOverLease(LEASE).build();
        var first = startedWithHandOver(topic, protocol, options, handler);
        await().atMost(LONG).until(() -> handler.started().size() == 60);
        var second = startedWithHandOver(topic, protocol, options, handler);
        await().atMost(LONG).until(second::isAssigned);
        topic.produce(6, 60, 120);
        await().atMost(LONG).until(() -> handler.started().size() == 120);

        Thread leaving = Thread.ofVirtual().start(first::close);
        topic.produce(6, 120, 180);
        await().atMost(LONG).until(() -> handler.started().size() == 180);
        handler.letGo();
        leaving.join();
        now.set(now.get().plus(LEASE));
        await().atMost(LONG)
                .until(() -> IntStream.range(0, 6).allMatch(partition -> topic.committedOffset(partition) == 30));
        second.close();
        assertEquals(180, handler.started().size());
        assertEquals(180, new HashSet<>(handler.started()).size());
    }

    @Test
    void runsAfterTheLeaseWhatTheFormerOwnerDidNotFinish() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "broken-promise", 1);
        topic.produce(1, 0, 10);
        GatedHandler first = GatedHandler.keeping(2, 5);
        InflightOptions options =
                options(topic).grace(Duration.ZERO).handOverLease(LEASE).build();
        try (var _ = startedWithHandOver(topic, "consumer", options, first)) {
            await().atMost(LONG).until(() -> first.finished().size() == 8);
        }
        topic.produce(1, 10, 20);
        GatedHandler second = GatedHandler.keeping();
        try (var _ = startedWithHandOver(topic, "consumer", options, second)) {
            await().atMost(LONG).until(() -> second.finished().size() == 10);
            assertEquals(2, topic.committedOffset(0));
            now.set(now.get().plus(LEASE));
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 20);
        }
        assertEquals(Set.of("2", "5"), Set.copyOf(second.started().subList(10, 12)));
    }

    @Test
    void saysWhyItStoppedWhenKafkaRefusesIt() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "refused", 1);
        Map<String, Object> properties = topic.consumerProperties("consumer");
        properties.put("auto.offset.reset", "none");
        try (var consumer = start(properties, options(topic).build(), GatedHandler.keeping())) {
            await().atMost(LONG).until(() -> consumer.failure().isPresent());
            assertEquals(
                    "NoOffsetForPartitionException",
                    consumer.failure().orElseThrow().getClass().getSimpleName());
        }
    }

    @Test
    void rejectsPropertiesThatWouldLoseRecords() {
        Map<String, Object> properties = Map.of("group.id", "g", "enable.auto.commit", "true");
        var failure = assertThrows(IllegalArgumentException.class, () -> ConsumerProperties.complete("c", properties));
        assertTrue(String.valueOf(failure.getMessage()).contains("enable.auto.commit"));
        assertThrows(IllegalArgumentException.class, () -> ConsumerProperties.complete("c", Map.of()));
    }

    private static InflightOptions.Builder options(TestTopic topic) {
        return InflightOptions.builder(topic.name())
                .topics(topic.name())
                .retries(3, Duration.ofMillis(1), Duration.ofMillis(10));
    }

    private static InflightConsumer<String, String> started(
            TestTopic topic, String protocol, InflightOptions options, RecordHandler<String, String> handler) {
        return start(topic.consumerProperties(protocol), options, handler);
    }

    private static InflightConsumer<String, String> start(
            Map<String, Object> properties, InflightOptions options, RecordHandler<String, String> handler) {
        var consumer = InflightConsumer.builder(options, properties, new StringDeserializer(), new StringDeserializer())
                .handler(handler)
                .poison(InflightConsumerTest::noPoison)
                .build();
        consumer.start();
        return consumer;
    }

    private InflightConsumer<String, String> startedWithHandOver(
            TestTopic topic, String protocol, InflightOptions options, GatedHandler handler) {
        var consumer = InflightConsumer.builder(
                        options, topic.consumerProperties(protocol), new StringDeserializer(), new StringDeserializer())
                .handler(handler)
                .poison(InflightConsumerTest::noPoison)
                .handOver(record -> handler.finished().contains(record.value()))
                .clock(now::get)
                .build();
        consumer.start();
        return consumer;
    }

    private static List<String> before(int bound, List<String> values) {
        return values.stream().filter(value -> Integer.parseInt(value) < bound).toList();
    }

    private static void noPoison(ConsumerRecord<String, String> record, Throwable cause) {
        throw new AssertionError("poison: " + record, cause);
    }
}
