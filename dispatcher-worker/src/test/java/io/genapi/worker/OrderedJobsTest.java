package io.genapi.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.HeaderNames;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.journal.RecordedCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What ordering keys promise, seen from the vendor: jobs as gateways and as other Kafka clients write them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderedJobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final String REQUESTS = TopicNames.STANDARD.requests(Lane.DEFAULT);

    private final VendorSimulator simulator = VendorSimulator.start();
    private final SplittableRandom random = new SplittableRandom(1);
    private final RequestRecords records = new RequestRecords(TopicNames.STANDARD);
    private EmbeddedKafka kafka;
    private RunningService worker;
    private KafkaProducer<byte[], byte[]> producer;
    private TopicWatch results;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Path catalog = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors:
                  simulator: { base-url: "%s", timeout: 30s }
                models:
                  public-name: [{ vendor: simulator, model: vendor-name }]
                """.formatted(simulator.baseUri()));
        worker = Workers.start(kafka, PARTITIONS, catalog, Map.of());
        producer = Producers.raw(kafka);
        results = new TopicWatch(kafka.bootstrapServers(), "genapi.results");
    }

    @AfterAll
    void stop() {
        results.close();
        producer.close();
        worker.close();
        kafka.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.release();
        simulator.forgetFaults();
        simulator.clearCalls();
    }

    @Test
    void jobsOfOneKeyGoOneAfterAnotherWhileAllOthersGoOn() throws Exception {
        simulator.hold();
        List<JobId> jobs = new ArrayList<>();
        for (int number = 0; number < 6; number++) {
            // Gateways and Kafka clients meet in one partition.
            jobs.add(
                    number % 2 == 0
                            ? submitted(Optional.of("a"), "a-" + number)
                            : produced("default/a", "a", "a-" + number));
            jobs.add(produced("b", "b", "b-" + number));
            jobs.add(submitted(Optional.empty(), "free-" + number));
        }
        Set<String> atOnce = Set.of("a-0", "b-0", "free-0", "free-1", "free-2", "free-3", "free-4", "free-5");
        await().atMost(PATIENCE).until(() -> texts(simulator.calls()).containsAll(atOnce));
        assertEquals(atOnce, Set.copyOf(texts(simulator.calls())));

        simulator.release();
        jobs.forEach(this::assertSucceeded);
        assertEquals(List.of("a-0", "a-1", "a-2", "a-3", "a-4", "a-5"), oneAfterAnother("a-"));
        assertEquals(List.of("b-0", "b-1", "b-2", "b-3", "b-4", "b-5"), oneAfterAnother("b-"));
    }

    @Test
    void laterJobsOfAKeyWaitWhileAnEarlierOneIsTriedAgain() throws Exception {
        simulator.failNext(new Fault.Status(500), 2);
        JobId first = submitted(Optional.of("again"), "again-0");
        JobId second = submitted(Optional.of("again"), "again-1");
        JobId third = produced("default/again", "again", "again-2");
        JobId free = submitted(Optional.empty(), "free");
        List.of(first, second, third, free).forEach(this::assertSucceeded);
        List<String> calls = oneAfterAnother("again-");
        assertEquals(
                List.of("again-0", "again-1", "again-2"),
                calls.stream().distinct().toList());
        assertEquals("again-0", calls.get(1), "the first of its calls failed");
        assertEquals(6, simulator.calls().size());
    }

    @Test
    void aJobThatFailsHoldsNoLaterOneOfItsKeyUp() throws Exception {
        simulator.failNext(new Fault.Status(401));
        JobId failing = submitted(Optional.of("failing"), "failing-0");
        JobId next = submitted(Optional.of("failing"), "failing-1");
        assertEquals(
                JobStatus.FAILED,
                ResultRecords.read(results.await(failing)).orElseThrow().status());
        assertSucceeded(next);
        assertEquals(List.of("failing-0", "failing-1"), oneAfterAnother("failing-"));
    }

    /** As a gateway does it. */
    private JobId submitted(Optional<String> orderingKey, String text) throws Exception {
        JobId id = JobId.mint(Instant.now(), random);
        JobRequest request = new JobRequest(
                id,
                Lane.DEFAULT,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of(text)),
                new RequestId(text),
                Instant.now(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                orderingKey,
                body(text));
        producer.send(records.write(request, "/genapi/test/1", PARTITIONS)).get();
        return id;
    }

    /** As any Kafka client does it; the job's id is derived. */
    private JobId produced(String recordKey, String orderingKey, String text) throws Exception {
        byte[] key = recordKey.getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(REQUESTS, key, body(text));
        record.headers().add(HeaderNames.ORDERING_KEY, orderingKey.getBytes(UTF_8));
        RecordMetadata place = producer.send(record).get();
        return RequestRecords.idOf(new ConsumerRecord<>(
                REQUESTS,
                place.partition(),
                place.offset(),
                place.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                new byte[0],
                new RecordHeaders(),
                Optional.empty()));
    }

    private static byte[] body(String text) {
        return Samples.utf8(
                "{\"model\":\"public-name\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    }

    /** Wherever the request lay, the result lies where its waiting gateway reads. */
    private void assertSucceeded(JobId id) {
        ConsumerRecord<byte[], byte[]> record = results.await(id);
        assertEquals(
                JobStatus.SUCCEEDED, ResultRecords.read(record).orElseThrow().status());
        assertEquals(JobPartitioner.partitionOf(id, PARTITIONS), record.partition());
    }

    /** What the vendor was told under a key, in order; each call began when the one before it had ended. */
    private List<String> oneAfterAnother(String prefix) {
        List<RecordedCall> calls = simulator.calls().stream()
                .filter(call -> call.lastUserText().startsWith(prefix))
                .toList();
        for (int number = 1; number < calls.size(); number++) {
            Instant ended = calls.get(number - 1).ended().orElseThrow();
            assertFalse(calls.get(number).started().isBefore(ended), () -> "calls overlap: " + calls);
        }
        return texts(calls);
    }

    private static List<String> texts(List<RecordedCall> calls) {
        return calls.stream().map(RecordedCall::lastUserText).collect(Collectors.toUnmodifiableList());
    }
}
