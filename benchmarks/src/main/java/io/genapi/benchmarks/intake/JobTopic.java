package io.genapi.benchmarks.intake;

import io.genapi.benchmarks.contender.Entry;
import io.genapi.benchmarks.contender.Kind;
import io.genapi.benchmarks.contender.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the topics, fills the one with the jobs, and lets share groups read it from its beginning. */
final class JobTopic {

    private static final String VALUE =
            "{\"model\":\"simulated\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Job %07d: "
                    + "please tell what this is about. ".repeat(6) + "\"}]}";

    private JobTopic() {}

    /** Returns when every job is in the topic, at the place that {@link Workload} says. */
    static void fill(Workload workload) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", workload.bootstrap()))) {
            createTopics(admin, workload);
        }
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", workload.bootstrap(), "acks", "all", "linger.ms", 5, "compression.type", "lz4");
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long job = 0; job < workload.jobs(); job++) {
                var _ = producer.send(record(workload, job), (_, refused) -> {
                    if (refused != null) {
                        failure.set(refused);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new ExecutionException("the jobs could not be written", failure.get());
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Workload workload, long job) {
        return new ProducerRecord<>(
                workload.topic(),
                (int) (job % workload.partitions()),
                "job-%07d".formatted(job).getBytes(StandardCharsets.UTF_8),
                VALUE.formatted(job).getBytes(StandardCharsets.UTF_8));
    }

    private static void createTopics(Admin admin, Workload workload) throws InterruptedException, ExecutionException {
        List<String> topics = List.of(workload.topic(), workload.results());
        admin.createTopics(topics.stream()
                        .map(topic -> new NewTopic(topic, Optional.of(workload.partitions()), Optional.empty()))
                        .toList())
                .all()
                .get();
        // Leaders first: a producer that is earlier can wedge its first batch.
        var _ = admin.listOffsets(topics.stream()
                        .flatMap(topic -> partitions(topic, workload.partitions()))
                        .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
                .all()
                .get();
    }

    private static Stream<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(partition -> new TopicPartition(topic, partition));
    }

    /** What a consumer says for itself, a share group has from the broker. */
    static void readFromItsBeginning(List<Entry> entries) throws InterruptedException, ExecutionException {
        for (Entry entry : entries) {
            if (entry.kind() == Kind.SHARE) {
                try (Admin admin = Admin.create(
                        Map.of("bootstrap.servers", entry.workload().bootstrap()))) {
                    admin.incrementalAlterConfigs(Map.of(
                                    new ConfigResource(ConfigResource.Type.GROUP, entry.group()),
                                    List.of(new AlterConfigOp(
                                            new ConfigEntry("share.auto.offset.reset", "earliest"),
                                            AlterConfigOp.OpType.SET))))
                            .all()
                            .get();
                }
            }
        }
    }
}
