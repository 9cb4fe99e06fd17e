package io.genapi.inflight;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        try (var consumer = InflightConsumer.create(
                InflightOptions.of("survivor", topic.name()),
                topic.consumerProperties("consumer"),
                new StringDeserializer(),
                new StringDeserializer(),
                handler,
                (record, cause) -> {
                    throw new AssertionError("poison: " + record, cause);
                },
                new SimpleMeterRegistry())) {
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
}
