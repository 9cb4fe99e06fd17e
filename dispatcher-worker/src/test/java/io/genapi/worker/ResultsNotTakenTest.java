package io.genapi.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.simulator.VendorSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker under load whose Kafka goes away while vendors answer. */
class ResultsNotTakenTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int JOBS = 60;
    private static final int AT_ONCE = 20;

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void keepsEveryResultTakesNoMoreJobsThanItMayAndPaysForEachOnce(@TempDir Path directory) throws Exception {
        KafkaNode node = KafkaNode.single(directory, EmbeddedKafka.freePort(), EmbeddedKafka.freePort());
        EmbeddedKafka kafka = EmbeddedKafka.start(node);
        try (VendorSimulator vendor = VendorSimulator.start()) {
            vendor.hold();
            try (RunningService worker = worker(kafka, vendor, directory)) {
                List<JobId> jobs = submit(kafka);
                await().atMost(PATIENCE).until(() -> vendor.calls().size() == AT_ONCE);
                kafka.close();
                vendor.release();
                await().atMost(PATIENCE)
                        .until(() -> vendor.calls().stream()
                                .allMatch(call -> call.ended().isPresent()));
                assertEquals(AT_ONCE, vendor.calls().size(), "it works on other jobs while results wait for Kafka");
                kafka = EmbeddedKafka.start(node);
                assertNothingIsCommittedBeforeItsResultIsThere(kafka);
                awaitResults(kafka, jobs);
                assertEquals(JOBS, vendor.calls().size(), "vendor calls seen by worker on " + worker.port());
            }
        } finally {
            kafka.close();
        }
    }

    private static void awaitResults(EmbeddedKafka kafka, List<JobId> jobs) {
        try (TopicWatch results = new TopicWatch(kafka.bootstrapServers(), "genapi.results")) {
            for (JobId job : jobs) {
                assertEquals(
                        JobStatus.SUCCEEDED,
                        ResultRecords.read(results.await(job)).orElseThrow().status());
                assertEquals(1, results.of(job).size());
            }
        }
    }

    private static void assertNothingIsCommittedBeforeItsResultIsThere(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            long finished =
                    admin
                            .listConsumerGroupOffsets("genapi-workers")
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values()
                            .stream()
                            .mapToLong(commit -> commit == null ? 0 : commit.offset())
                            .sum();
            // Read after the commits, so there can only be more.
            long published = admin
                    .listOffsets(Map.of(
                            new TopicPartition("genapi.results", 0), OffsetSpec.latest(),
                            new TopicPartition("genapi.results", 1), OffsetSpec.latest()))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
            assertTrue(finished <= published, () -> finished + " committed, " + published + " published");
        }
    }

    private static RunningService worker(EmbeddedKafka kafka, VendorSimulator vendor, Path directory) throws Exception {
        Path catalog = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors:
                  simulator: { base-url: "%s", timeout: 120s }
                models:
                  gpt-4o: [{ vendor: simulator }]
                """.formatted(vendor.baseUri()));
        return Workers.start(
                kafka,
                2,
                catalog,
                Map.of(
                        "genapi.worker.max-in-flight",
                        AT_ONCE,
                        // Another lane's share would stay free.
                        "genapi.worker.lanes",
                        "default"));
    }

    private List<JobId> submit(EmbeddedKafka kafka) {
        List<JobId> jobs = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = Producers.raw(kafka)) {
            for (int i = 0; i < JOBS; i++) {
                JobId id = JobId.mint(Instant.now(), random);
                jobs.add(id);
                var _ = producer.send(
                        new ProducerRecord<>("genapi.requests.default", id.bytes(), Samples.utf8(Samples.BODY)));
            }
        }
        return jobs;
    }
}
