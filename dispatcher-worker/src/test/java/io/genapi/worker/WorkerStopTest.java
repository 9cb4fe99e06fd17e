package io.genapi.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.simulator.VendorSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs whose worker stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerStopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VendorSimulator simulator = VendorSimulator.start();
    private final SplittableRandom random = new SplittableRandom(2);
    private EmbeddedKafka kafka;
    private Path catalog;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        catalog = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors:
                  simulator: { base-url: "%s" }
                models:
                  gpt-4o: [{ vendor: simulator }]
                """.formatted(simulator.baseUri()));
    }

    @AfterAll
    void stop() {
        kafka.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.clearCalls();
    }

    @Test
    void finishesWhatRunsAndCallsNoVendorTwice() throws Exception {
        RunningService worker = worker("30s");
        simulator.hold();
        JobId id = submit();
        awaitCalls(1);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(worker::close);
        simulator.release();
        assertSucceeds(id);
        stopping.join();
        try (RunningService next = worker("30s")) {
            assertSucceeds(submit());
            assertEquals(2, simulator.calls().size(), "vendor calls of two jobs, seen by worker on " + next.port());
        }
    }

    @Test
    void leavesToTheNextWorkerWhatTheGraceDoesNotAllow() throws Exception {
        RunningService worker = worker("0s");
        simulator.hold();
        JobId id = submit();
        awaitCalls(1);
        worker.close();
        await().atMost(PATIENCE).until(() -> simulator.calls().getFirst().abortedByClient());
        simulator.release();
        try (RunningService _ = worker("30s")) {
            assertSucceeds(id);
        }
        assertEquals(2, simulator.calls().size());
    }

    private void awaitCalls(int count) {
        await().atMost(PATIENCE).until(() -> simulator.calls().size() == count);
    }

    private void assertSucceeds(JobId id) {
        try (TopicWatch results = new TopicWatch(kafka.bootstrapServers(), "genapi.results")) {
            assertEquals(
                    JobStatus.SUCCEEDED,
                    ResultRecords.read(results.await(id)).orElseThrow().status());
            assertEquals(1, results.of(id).size());
        }
    }

    private RunningService worker(String grace) {
        return Workers.startWithGrace(grace, kafka, 4, catalog);
    }

    private JobId submit() throws Exception {
        JobId id = JobId.mint(Instant.now(), random);
        try (KafkaProducer<byte[], byte[]> producer = Producers.raw(kafka)) {
            var _ = producer.send(new ProducerRecord<>("genapi.requests.flex", id.bytes(), Samples.utf8(Samples.BODY)))
                    .get();
        }
        return id;
    }
}
