package io.genapi.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.gateway.traffic.RecordedGateway;
import io.genapi.gateway.traffic.TrafficRecorder;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceLauncher;
import io.genapi.schemas.control.Attachment;
import io.genapi.schemas.control.Cancellation;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.AttachmentRecords;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A Kafka with gateways, a worker and a store that are stand-ins. All traffic has to be as the API's document says. */
final class Stack implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final List<TrafficRecorder> traffic = new CopyOnWriteArrayList<>();
    private final EmbeddedKafka kafka;
    private final RunningService gateway;
    private final TestWorker worker;
    private final StubStore store;

    Stack(Path data, Map<String, String> settings) throws Exception {
        kafka = EmbeddedKafka.start(data);
        gateway = startGateway(settings);
        worker = new TestWorker(kafka.bootstrapServers(), PARTITIONS);
        store = new StubStore(worker);
        store.announce(kafka.bootstrapServers());
    }

    /** One more gateway on the same Kafka. */
    RunningService startGateway(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "server.port",
                "0",
                "genapi.kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "genapi.kafka.partitions",
                Integer.toString(PARTITIONS),
                "genapi.catalog",
                "../config/genapi.yaml"));
        all.putAll(settings);
        RunningService started = ServiceLauncher.start(RecordedGateway.DEFINITION, all);
        traffic.add(started.part(TrafficRecorder.class));
        return started;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    RunningService gateway() {
        return gateway;
    }

    TestWorker worker() {
        return worker;
    }

    StubStore store() {
        return store;
    }

    /** The jobs whose end was asked for, so far. */
    Set<JobId> cancelled() {
        return control(record -> CancellationRecords.read(record).map(Cancellation::id));
    }

    /** The jobs that callers have come back for, so far. */
    Set<JobId> attached() {
        return control(record -> AttachmentRecords.read(record).map(Attachment::id));
    }

    private Set<JobId> control(Function<ConsumerRecord<byte[], byte[]>, Optional<JobId>> reading) {
        TopicPartition control = new TopicPartition(TopicNames.STANDARD.control(), 0);
        Set<JobId> told = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(control));
            long end = consumer.endOffsets(List.of(control)).getOrDefault(control, 0L);
            while (consumer.position(control) < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> reading.apply(record).ifPresent(told::add));
            }
        }
        return told;
    }

    @Override
    public void close() {
        store.close();
        worker.close();
        gateway.close();
        kafka.close();
        assertEquals(
                List.of(),
                traffic.stream()
                        .flatMap(one -> one.problems().stream())
                        .distinct()
                        .toList());
    }
}
