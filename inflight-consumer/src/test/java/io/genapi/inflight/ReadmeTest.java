package io.genapi.inflight;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.inflight.poll.FormerOwners;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example, run, and compared with what the README shows. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path SOURCE = Path.of("src/test/java/io/genapi/inflight/ReadmeTest.java");

    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final CountDownLatch shutdownSignal = new CountDownLatch(1);
    private final MeterRegistry meterRegistry = new SimpleMeterRegistry();

    @Test
    void doesWhatTheReadmeSays(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory)) {
            TestTopic.create(broker, "uploads", 2).produce(2, 0, 50);
            Thread example = Thread.ofVirtual().start(() -> example(broker.bootstrapServers()));
            await().atMost(Duration.ofSeconds(60)).until(() -> stored.size() == 50);
            shutdownSignal.countDown();
            example.join();
        }
    }

    @Test
    void isTheReadmesExample() throws Exception {
        String source = Files.readString(SOURCE);
        String example = source.substring(
                source.lastIndexOf("        // README: begin\n") + "        // README: begin\n".length(),
                source.lastIndexOf("        // README: end\n"));
        String readme = Files.readString(README);
        assertTrue(readme.contains("```java\n" + example.indent(-8) + "```\n"), example.indent(-8));
    }

    private void example(String servers) {
        try {
            run(servers);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void run(String servers) throws InterruptedException {
        // README: begin
        InflightOptions options = InflightOptions.builder("thumbnails")
                .topics("uploads")
                .maxInFlight(4_000)
                .maxBytesInFlight(256 << 20)
                .build();
        Map<String, Object> kafka = Map.of("bootstrap.servers", servers, "group.id", "thumbnails");

        try (var consumer = InflightConsumer.builder(
                        options, kafka, new StringDeserializer(), new ByteArrayDeserializer())
                .handler(record -> renderAndStore(record.value())) // returning = finished; throwing = again, later
                .poison((record, cause) -> sendToDeadLetters(record, cause))
                .handOver(record -> isStored(record.key())) // optional: asked after a hand-over
                .formerOwners(partitions -> askPeers(partitions)) // optional: asked what they still run
                .orderedBy(record -> record.key()) // optional: equal keys run one after another
                .meters(meterRegistry)
                .build()) {
            consumer.start();
            shutdownSignal.await();
        } // waits for what runs, commits, leaves the group
        // README: end
    }

    private void renderAndStore(byte[] upload) {
        stored.add(new String(upload, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void sendToDeadLetters(ConsumerRecord<String, byte[]> record, Throwable cause) {
        throw new AssertionError("poison: " + record, cause);
    }

    /** There are none here. */
    private static FormerOwners.InHand askPeers(Set<TopicPartition> partitions) {
        assertTrue(partitions.stream().allMatch(partition -> partition.topic().equals("uploads")));
        return new FormerOwners.InHand(Map.of(), true);
    }

    private boolean isStored(String key) {
        return stored.contains(key);
    }
}
