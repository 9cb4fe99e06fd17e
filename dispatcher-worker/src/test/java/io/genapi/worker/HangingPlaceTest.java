package io.genapi.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.blob.BlobSettings;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import io.genapi.runtime.claim.StoredBodies;
import io.genapi.runtime.heartbeat.OpenPlaces;
import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.journal.RecordedCall;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose place of blobs hangs, as a directory of a file server does that is cut off. */
class HangingPlaceTest {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ModelName MODEL = new ModelName("any");

    /** More than fit in the worker's bytes in flight together. */
    private static final int LARGE_JOBS = 20;

    private static final int LARGE = 1 << 20;

    private final VendorSimulator simulator = VendorSimulator.start();
    private EmbeddedKafka kafka;
    private Path place;
    private StoredBodies bodies;
    private RunningService worker;
    private KafkaProducer<byte[], byte[]> producer;
    private TopicWatch results;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        place = directory.resolve("blobs");
        Path catalog = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors: { simulator: { base-url: "%s" } }
                models: { any: [{ vendor: simulator }] }
                """.formatted(simulator.baseUri()));
        bodies = new StoredBodies(blobs(), InstantSource.system(), new SecureRandom());
        worker = Workers.start(
                kafka,
                PARTITIONS,
                catalog,
                Map.of(
                        "genapi.blob.directory", place.toString(),
                        "genapi.worker.max-bytes-in-flight", "8MB",
                        "genapi.worker.bodies.patience", "500ms"));
        producer = Producers.raw(kafka);
        results = new TopicWatch(kafka.bootstrapServers(), "genapi.results");
    }

    private BlobStore blobs() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            PlaceOwner owner =
                    new PlaceOwner(admin.describeCluster().clusterId().get(), "genapi");
            BlobSettings.S3 none = new BlobSettings.S3(
                    null, "genapi/", null, "us-east-1", false, Duration.ofSeconds(30), Duration.ofSeconds(30));
            return new BlobSettings(place.toString(), true, none).open(owner).orElseThrow();
        }
    }

    @AfterEach
    void stop() {
        results.close();
        producer.close();
        worker.close();
        kafka.close();
        simulator.close();
    }

    @Test
    void servesSmallJobsMeanwhileAndLargeOnesOnceItIsBack() throws Exception {
        Map<JobId, String> large = new HashMap<>();
        List<JobRequest> claimed = new ArrayList<>();
        for (int job = 0; job < LARGE_JOBS; job++) {
            JobRequest whole = job("large-" + job + ".", LARGE);
            large.put(whole.id(), whole.digest().hex());
            claimed.add(whole.checkedIn(bodies.put(whole.body()), new BodyStub(MODEL, false).toJson()));
        }
        OpenPlaces told = worker.part(OpenPlaces.class);
        Set<String> here = Set.of(claimed.getFirst().claim().orElseThrow().place());
        await().atMost(PATIENCE).until(() -> told.current().equals(here));
        Hang hang = new Hang(place.resolve("place.json"));
        claimed.forEach(this::submit);

        for (int job = 0; job < PARTITIONS; job++) {
            JobId small = submit(job("small-" + job + ".", 1));
            assertEquals(JobStatus.SUCCEEDED, result(small).status());
        }
        await().atMost(PATIENCE).until(() -> metrics().contains("error_type=\"request_body_unavailable\""));
        await().atMost(PATIENCE).until(() -> told.current().isEmpty());
        large.keySet().forEach(id -> assertTrue(results.of(id).isEmpty(), () -> id + " has ended"));

        hang.end();

        large.keySet()
                .forEach(id -> assertEquals(JobStatus.SUCCEEDED, result(id).status()));
        List<String> served = simulator.calls().stream()
                .filter(call -> call.lastUserText().startsWith("large-"))
                .map(RecordedCall::bodySha256)
                .sorted()
                .toList();
        assertEquals(large.values().stream().sorted().toList(), served);
        await().atMost(PATIENCE).until(() -> told.current().equals(here));
    }

    /** A file whose reading hangs, as far as any program can tell. */
    private static final class Hang {

        private final Path file;
        private final Path content;
        private final Path pipe;

        Hang(Path file) throws Exception {
            this.file = file;
            content = file.resolveSibling("content");
            pipe = file.resolveSibling("pipe");
            assertEquals(
                    0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
            Files.move(file, content);
            Files.createLink(file, pipe);
        }

        /** Whoever hangs gets nothing to read. */
        void end() throws IOException {
            Files.move(content, file, StandardCopyOption.ATOMIC_MOVE);
            new RandomAccessFile(pipe.toFile(), "rw").close();
        }
    }

    private String metrics() {
        return worker.part(PrometheusMeterRegistry.class).scrape();
    }

    private JobResult result(JobId id) {
        return ResultRecords.read(results.await(id)).orElseThrow();
    }

    private static String body(String question, int padding) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"system\",\"content\":\"%s\"},{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(MODEL, "x".repeat(padding), question);
    }

    private static JobRequest job(String question, int padding) {
        Instant now = Instant.now();
        return new JobRequest(
                JobId.mint(now, new SecureRandom()),
                Lane.DEFAULT,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("r"),
                now,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Samples.utf8(body(question, padding)));
    }

    private JobId submit(JobRequest job) {
        var _ = producer.send(new RequestRecords(TopicNames.STANDARD).write(job, "/test", PARTITIONS));
        return job.id();
    }
}
