package io.genapi.inflight;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerRestartTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    @Test
    void livesThroughARestartOfTheBrokerWithRecordsInFlight(@TempDir Path directory) throws Exception {
        KafkaNode node = KafkaNode.single(directory, EmbeddedKafka.freePort(), EmbeddedKafka.freePort());
        GatedHandler handler = GatedHandler.keeping(
                IntStream.range(0, 50).map(value -> value * 2).toArray());
        EmbeddedKafka kafka = EmbeddedKafka.start(node);
        TestTopic topic = TestTopic.create(kafka, "survivor", 2);
        topic.produce(2, 0, 100);
        try (var consumer = InflightConsumer.builder(
                        InflightOptions.of("survivor", topic.name()),
                        topic.consumerProperties("consumer"),
                        new StringDeserializer(),
                        new StringDeserializer())
                .handler(handler)
                .poison((record, cause) -> {
                    throw new AssertionError("poison: " + record, cause);
                })
                .build()) {
            consumer.start();
            await().atMost(LONG).until(() -> topic.committedOffset(1) == 50);
            kafka.close();
            // These end, and their commits fail, while there is no broker.
            handler.letGo();
            await().atMost(LONG).until(() -> handler.finished().size() == 100 && consumer.inFlight() == 0);
            kafka = EmbeddedKafka.start(node);
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 50);
            topic.produce(2, 100, 200);
            await().atMost(LONG).until(() -> topic.committedOffset(0) == 100 && topic.committedOffset(1) == 100);
            assertEquals(Optional.empty(), consumer.failure());
        } finally {
            kafka.close();
        }
        assertEquals(200, handler.started().size());
    }

    @ParameterizedTest
    @CsvSource({"consumer, true", "consumer, false", "classic, true", "classic, false"})
    void closesAlsoWhileTheBrokerIsAway(String protocol, boolean handOver, @TempDir Path directory) throws Exception {
        GatedHandler handler = GatedHandler.keeping(3);
        EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        TestTopic topic = TestTopic.create(kafka, "orphan", 1);
        topic.produce(1, 0, 10);
        var builder = InflightConsumer.builder(
                        InflightOptions.of("orphan", topic.name()),
                        topic.consumerProperties(protocol),
                        new StringDeserializer(),
                        new StringDeserializer())
                .handler(handler)
                .poison((record, cause) -> {});
        if (handOver) {
            builder.handOver(record -> false);
        }
        var consumer = builder.build();
        consumer.start();
        await().atMost(LONG).until(() -> handler.finished().size() == 9);
        kafka.close();
        handler.letGo();
        Thread closing = Thread.ofVirtual().start(consumer::close);
        await().atMost(LONG).until(() -> !closing.isAlive());
        assertEquals(Optional.empty(), consumer.failure());
    }
}
