package io.genapi.inflight;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to topics from outside: created again, grown, cut off, compacted. */
class TopicLifeTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final Set<String> handled = ConcurrentHashMap.newKeySet();

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
    void skipsNothingOfATopicThatWasCreatedAgainWhileItReads(String protocol) throws Exception {
        TestTopic topic = TestTopic.create(kafka, "again-live-" + protocol, 1);
        topic.produce(1, 0, 100);
        try (var consumer = started(topic, protocol)) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 100);
            topic.recreate(1);
            topic.produce(1, 1_000, 1_300);
            await().atMost(LONG).until(() -> handled.containsAll(values(1_000, 1_300)));
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 300);
            assertEquals(Optional.empty(), consumer.failure());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void skipsNothingOfATopicThatWasCreatedAgainWhileNobodyRead(boolean commitSurvives) throws Exception {
        TestTopic topic = TestTopic.create(kafka, "again-down-" + commitSurvives, 1);
        topic.produce(1, 0, 100);
        try (var _ = started(topic, "consumer")) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 100);
        }
        var old = topic.committed(0).orElseThrow();
        topic.recreate(1);
        topic.produce(1, 1_000, 1_300);
        if (commitSurvives) {
            // As a member does that is late to notice; Kafka takes it, for it knows commits by the topic's name.
            topic.commit(0, old);
        }
        try (var _ = started(topic, "consumer")) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 300);
        }
        assertEquals(
                values(1_000, 1_300),
                new HashSet<>(handled.stream()
                        .filter(value -> Integer.parseInt(value) >= 1_000)
                        .toList()));
    }

    @Test
    void readsPartitionsThatAreAddedFromTheirBeginning() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "grown", 1);
        topic.produce(1, 0, 10);
        try (var _ = started(topic, "consumer")) {
            await().atMost(LONG).until(() -> handled.size() == 10);
            topic.grow(3);
            topic.produce(3, 10, 40);
            await().atMost(LONG).until(() -> handled.containsAll(values(0, 40)));
            await().atMost(LONG).until(() -> topic.committedOffset(1) == 10 && topic.committedOffset(2) == 10);
        }
    }

    @Test
    void goesOnWhereRecordsWereDeletedBehindItsBack() throws Exception {
        TestTopic topic = TestTopic.create(kafka, "deleted-records", 1);
        topic.produce(1, 0, 50);
        topic.deleteRecordsBefore(20);
        try (var _ = started(topic, "consumer")) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 50);
        }
        assertEquals(values(20, 50), Set.copyOf(handled));
    }

    @Test
    void commitsPastRecordsThatCompactionTookAlsoThoseThatHadNotFinished() throws Exception {
        TestTopic topic = TestTopic.createCompacted(kafka, "compacted");
        // Of each key only the last record stays: of these the tens and those from 93 on.
        topic.produceKeyed(0, 100, value -> value % 10 == 0 ? "single-" + value : "often-" + value % 7);
        Set<String> survivors = Set.of("0", "10", "20", "30", "40", "50", "60", "70", "80", "90");
        GatedHandler first = GatedHandler.keeping(0, 15, 50, 51, 99);
        try (var _ = started(topic, "consumer", Duration.ZERO, first)) {
            await().atMost(LONG).until(() -> first.finished().size() == 95);
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 0);
        }
        topic.compact();
        topic.produceKeyed(100, 110, value -> "often-" + value % 7);
        await().atMost(LONG).until(() -> {
            Set<String> left = topic.values();
            return left.containsAll(survivors) && !left.contains("15") && !left.contains("51");
        });

        GatedHandler second = GatedHandler.keeping();
        try (var _ = started(topic, "consumer", LONG, second)) {
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 110);
        }
        Set<String> again = new HashSet<>(second.started());
        again.retainAll(values(0, 100));
        again.remove("99");
        assertEquals(Set.of("0", "50"), again);
        assertEquals(new HashSet<>(second.started()).size(), second.started().size());
        assertTrue(second.finished().contains("109"));
    }

    private static Set<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.toSet());
    }

    private InflightConsumer<String, String> started(TestTopic topic, String protocol) {
        return started(topic, protocol, LONG, record -> handled.add(record.value()));
    }

    private static InflightConsumer<String, String> started(
            TestTopic topic, String protocol, Duration grace, RecordHandler<String, String> handler) {
        Map<String, Object> properties = topic.consumerProperties(protocol);
        properties.put("metadata.max.age.ms", 1_000);
        var consumer = InflightConsumer.builder(
                        InflightOptions.builder(topic.name())
                                .topics(topic.name())
                                .grace(grace)
                                .build(),
                        properties,
                        new StringDeserializer(),
                        new StringDeserializer())
                .handler(handler)
                .poison((record, cause) -> {
                    throw new AssertionError("poison: " + record, cause);
                })
                .build();
        consumer.start();
        return consumer;
    }
}
