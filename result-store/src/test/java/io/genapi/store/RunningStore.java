package io.genapi.store;

import static org.awaitility.Awaitility.await;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceLauncher;
import io.genapi.store.kafka.StreamsProcess;
import io.genapi.store.query.Waiters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A store in this JVM. */
final class RunningStore implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final RunningService service;
    private final StoreClient client;

    private RunningStore(RunningService service) {
        this.service = service;
        this.client = new StoreClient(service.port());
    }

    /** A store that is ready. */
    static RunningStore start(EmbeddedKafka kafka, Path stateDirectory) {
        RunningService service = ServiceLauncher.start(
                StoreService.DEFINITION,
                Map.of(
                        "server.port",
                        0,
                        "genapi.kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "genapi.kafka.partitions",
                        PARTITIONS,
                        "genapi.store.state-dir",
                        stateDirectory));
        RunningStore store = new RunningStore(service);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> store.client.get("/health/ready").status() == 200);
        return store;
    }

    StoreClient client() {
        return client;
    }

    int waiters() {
        return service.part(Waiters.class).count();
    }

    int partitions() {
        return service.part(StreamsProcess.class).activePartitions().size();
    }

    @Override
    public void close() {
        service.close();
    }

    static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static void sendInTransaction(EmbeddedKafka kafka, ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        UUID.randomUUID().toString()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(record);
            producer.commitTransaction();
        }
    }
}
