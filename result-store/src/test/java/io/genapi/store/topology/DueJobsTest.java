package io.genapi.store.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.Samples;
import io.genapi.store.job.Deadlines;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobState;
import io.genapi.store.query.RecentRequests;
import io.genapi.store.query.Waiters;
import io.genapi.store.tenant.TenantLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DueJobsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(2);
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** The samples' own. */
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final TopicNames NAMES = TopicNames.STANDARD;
    private static final TopicPartition RESULTS = new TopicPartition(NAMES.results(), 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConsumptionProgress progress = new ConsumptionProgress();
    private final Samples samples = new Samples(NOW);
    private TopologyTestDriver driver;
    private TestOutputTopic<byte[], byte[]> ends;

    @BeforeEach
    void start(@TempDir Path directory) {
        Properties properties = new Properties();
        properties.put("application.id", "genapi-result-store");
        properties.put("bootstrap.servers", "unused:9092");
        properties.put("state.dir", directory.toString());
        StoreTopology topology = new StoreTopology(
                NAMES,
                "genapi-result-store",
                1,
                RETENTION,
                Duration.ofMinutes(1),
                new Deadlines(Duration.ofHours(24), RETENTION),
                new DueTimes(GRACE, GRACE),
                "/genapi/store/test");
        driver = new TopologyTestDriver(
                topology.build(
                        new StoreMetrics(meters),
                        progress,
                        new Waiters(),
                        new TenantLedger(),
                        new RecentRequests(Duration.ofMinutes(10), 100),
                        properties),
                properties,
                NOW);
        ends = driver.createOutputTopic(NAMES.results(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        progress.began(this, RESULTS, 0);
        progress.ends(this, RESULTS, 0);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aQueuedJobExpiresAGraceAfterItsDeadline() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.FLEX));
        pass(DEADLINE.plus(GRACE).minusMillis(1));
        assertEquals(JobStatus.QUEUED, job(id).status());
        pass(DueJobs.TICK);
        assertEquals(JobStatus.EXPIRED, job(id).status());
        assertEquals(1, ends.getQueueSize());
        assertEquals(List.of(), entries());
    }

    @Test
    void theEndSaysWhatAWorkersWould() {
        JobId id = samples.id();
        byte[] correlation = {0, (byte) 0xff, 13, 'x'};
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.DEFAULT);
        request.headers()
                .remove("correlation-id")
                .add("kafka_correlationId", correlation)
                .add("webhook-endpoint", "we_7".getBytes(UTF_8))
                .add("prefer", "wait".getBytes(UTF_8))
                .add("api", "responses".getBytes(UTF_8));
        pipe(request);
        pass(DEADLINE.plusSeconds(3));

        TestRecord<byte[], byte[]> record = ends.readRecord();
        assertArrayEquals(id.bytes(), record.key());
        assertArrayEquals(
                correlation, record.headers().lastHeader("correlation-id").value());
        assertArrayEquals(
                correlation, record.headers().lastHeader("kafka_correlationId").value());
        JobResult end = read(record);
        assertEquals(JobStatus.EXPIRED, end.status());
        assertEquals(504, end.httpStatus());
        assertEquals("request of " + id, end.requestId().value());
        assertEquals(new Audience(Optional.of("we_7"), true, Optional.of(JobApi.RESPONSES)), end.audience());
        assertEquals(0, end.attempts());
        assertEquals(Duration.ofSeconds(603), end.queued());
        assertEquals(
                "{\"error\":{\"message\":\"The job's deadline, 2026-03-01T12:10:00Z, passed before a vendor was asked."
                        + " Submit it again with a later one.\",\"type\":\"server_error\",\"param\":null,"
                        + "\"code\":\"deadline_exceeded\"}}",
                new String(end.body(), UTF_8));
        assertEquals(1, counted("expired"));
    }

    @Test
    void theEndOfAJobThatAWorkerTookUpSaysWhatItsEventsTold() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pipe(samples.started(id));
        pass(DEADLINE.plusSeconds(3));
        JobResult end = read(ends.readRecord());
        assertEquals(1, end.attempts());
        assertEquals(Optional.of(new VendorName("openai")), end.vendor());
        assertEquals(Duration.ofMillis(40), end.queued());
        assertEquals(JobStatus.EXPIRED, job(id).status());
    }

    @Test
    void aJobWithoutADeadlineGetsTheDefaultOneFromItsSubmission() {
        JobId id = JobId.derive(NOW, NAMES.requests(Lane.DEFAULT) + "/0/0");
        pipe(new ProducerRecord<>(NAMES.requests(Lane.DEFAULT), null, "{}".getBytes(UTF_8)));
        pass(Duration.ofHours(24).plus(GRACE).minusMillis(1));
        assertEquals(JobStatus.QUEUED, job(id).status());
        pass(DueJobs.TICK);
        assertEquals(JobStatus.EXPIRED, job(id).status());
    }

    @Test
    void aDeadlineBetweenTwoMillisecondsIsMetToo() {
        JobId id = samples.id();
        pipe(withDeadline(id, "2026-03-01T12:00:01.000500Z"));
        pass(Duration.ofSeconds(3));
        assertEquals(JobStatus.QUEUED, job(id).status());
        assertEquals(1, entries().size());
        pass(DueJobs.TICK);
        assertEquals(JobStatus.EXPIRED, job(id).status());
    }

    @Test
    void aDeadlineBeyondTheRetentionEndsWithIt() {
        JobId id = samples.id();
        pipe(withDeadline(id, "9999-12-31T23:59:59Z"));
        pass(RETENTION.minusSeconds(1));
        assertEquals(JobStatus.QUEUED, job(id).status());
        pass(Duration.ofSeconds(4));
        assertEquals(JobStatus.EXPIRED, job(id).status());
        pass(RETENTION.plusMinutes(2));
        assertNull(table().get(id));
    }

    @Test
    void aDeadlineThatHasPassedLongAgoIsMetAtTheNextLook() {
        for (String past : List.of("2026-03-01T11:00:00Z", "0001-01-01T00:00:00Z")) {
            pass(Duration.ofSeconds(10));
            JobId id = samples.id();
            pipe(withDeadline(id, past));
            pass(DueJobs.TICK);
            assertEquals(JobStatus.EXPIRED, job(id).status());
        }
        pass(DueJobs.TICK);
        assertEquals(List.of(), entries());
    }

    @Test
    void aJobThatAWorkerHasEndedIsLeftAloneAndItsEntryGoes() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        assertEquals(1, entries().size());
        pipe(samples.succeeded(id, "{}"));
        assertEquals(List.of(), entries());
        pass(DEADLINE.plusSeconds(10));
        assertTrue(ends.isEmpty());
        assertEquals(JobStatus.SUCCEEDED, job(id).status());
    }

    @Test
    void aWorkersResultThatComesAfterTheStoresEndIsADuplicate() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pass(DEADLINE.plusSeconds(3));
        pipe(samples.succeeded(id, "{}"));
        assertEquals(JobStatus.EXPIRED, job(id).status());
        assertEquals(1, meters.get("genapi.duplicate.results").counter().count());
    }

    @Test
    void aCancelledJobEndsAGraceAfterItsCancellation() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pipe(samples.started(id));
        pipe(samples.cancelRequested(id));
        pipe(samples.cancelRequested(id));
        pass(GRACE.minusMillis(1));
        assertEquals(JobStatus.RUNNING, job(id).status());
        pass(DueJobs.TICK);
        JobResult end = read(ends.readRecord());
        assertEquals(JobStatus.CANCELLED, end.status());
        assertEquals(499, end.httpStatus());
        assertEquals(1, end.attempts());
        assertTrue(new String(end.body(), UTF_8).contains("\"code\":\"job_cancelled\""));
        assertEquals(JobStatus.CANCELLED, job(id).status());
        assertEquals(List.of(), entries());
        pass(DEADLINE.plusSeconds(3));
        assertTrue(ends.isEmpty());
    }

    @Test
    void aCancellationOfAJobThatHasEndedChangesNothing() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pipe(samples.succeeded(id, "{}"));
        pipe(samples.cancelRequested(id));
        pass(GRACE.plusSeconds(1));
        assertTrue(ends.isEmpty());
        assertEquals(JobStatus.SUCCEEDED, job(id).status());
    }

    @Test
    void aCancellationOfAJobThatNobodySubmittedEndsNothingUntilSomebodyDoes() {
        JobId id = samples.id();
        pipe(samples.cancelRequested(id));
        pass(GRACE.plusSeconds(1));
        assertTrue(ends.isEmpty());
        pipe(samples.request(id, Lane.DEFAULT));
        pass(DueJobs.TICK);
        assertEquals(JobStatus.CANCELLED, job(id).status());
    }

    @Test
    void nothingIsEndedBeforeTheResultsAreReadThatLayInKafkaWhenItWasDue() {
        progress.ends(this, RESULTS, 1);
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pass(DEADLINE.plusSeconds(3));
        assertTrue(ends.isEmpty());
        // Now what lay there is read, and it told of other jobs only.
        progress.polled(this, RESULTS, 1, -1);
        progress.ends(this, RESULTS, 1);
        pass(DueJobs.TICK);
        assertEquals(JobStatus.EXPIRED, job(id).status());
    }

    @Test
    void aStoreThatFallsBehindEndsNothingThatWasDueSince() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pass(DueJobs.TICK);
        progress.ends(this, RESULTS, 5);
        pass(DEADLINE.plusSeconds(3));
        pass(Duration.ofMinutes(1));
        assertTrue(ends.isEmpty());
        progress.polled(this, RESULTS, 5, -1);
        pass(DueJobs.TICK);
        assertEquals(JobStatus.EXPIRED, job(id).status());
    }

    @Test
    void anEntryThatACrashKeptFromBeingWrittenIsMadeUpForWhenTheRecordIsReadAgain() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        List<Due> written = entries();
        written.forEach(index()::delete);
        pipe(samples.request(id, Lane.DEFAULT));
        assertEquals(written, entries());
    }

    @Test
    void anEntryTooManyIsRemovedWhenItsTimeHasCome() {
        JobId ended = samples.id();
        pipe(samples.succeeded(ended, "{}"));
        JobId open = samples.id();
        pipe(samples.request(open, Lane.DEFAULT));
        List<Due> right = entries();
        index().put(new Due(NOW.plusSeconds(5), ended), new byte[] {1});
        index().put(new Due(NOW.plusSeconds(5), samples.id()), new byte[] {1});
        index().put(new Due(NOW.plusSeconds(5), open), new byte[] {1});
        pass(Duration.ofSeconds(6));
        assertEquals(right, entries());
        assertEquals(JobStatus.QUEUED, job(open).status());
    }

    @Test
    void thousandsThatAreDueAtOnceAllEndAndLeaveNothingBehind() {
        List<JobId> ids = new ArrayList<>();
        for (int number = 0; number < 4_500; number++) {
            JobId id = samples.id();
            ids.add(id);
            pipe(samples.request(id, Lane.FLEX));
        }
        pass(DEADLINE.plus(GRACE));
        for (int look = 0; look < 3; look++) {
            pass(DueJobs.TICK);
        }
        assertEquals(4_500, ends.readRecordsToList().size());
        ids.forEach(id -> assertEquals(JobStatus.EXPIRED, job(id).status()));
        assertEquals(List.of(), entries());
    }

    @Test
    void entriesSortByTimeAndAreReadAsTheyWereWritten() {
        JobId id = samples.id();
        Due early = new Due(Instant.EPOCH, id);
        Due late = new Due(Instant.parse("9999-12-31T23:59:59.999Z"), id);
        byte[] first = Due.serde().serializer().serialize("", early);
        byte[] second = Due.serde().serializer().serialize("", late);
        assertTrue(java.util.Arrays.compareUnsigned(first, second) < 0);
        assertEquals(late, Due.serde().deserializer().deserialize("", second));
    }

    private ProducerRecord<byte[], byte[]> withDeadline(JobId id, String deadline) {
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.DEFAULT);
        request.headers().remove("deadline").add("deadline", deadline.getBytes(UTF_8));
        return request;
    }

    private double counted(String status) {
        return meters.get("genapi.store.ends").tag("status", status).counter().count();
    }

    private static JobResult read(TestRecord<byte[], byte[]> record) {
        return ResultRecords.read(new ConsumerRecord<>(
                        NAMES.results(),
                        0,
                        0,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        record.key(),
                        record.value(),
                        record.headers(),
                        Optional.empty()))
                .orElseThrow();
    }

    private JobState job(JobId id) {
        JobState state = table().get(id);
        assertNotNull(state, () -> id + " is not in the table");
        return state;
    }

    private KeyValueStore<JobId, JobState> table() {
        return driver.getKeyValueStore(StoreTopology.JOBS);
    }

    private KeyValueStore<Due, byte[]> index() {
        return driver.getKeyValueStore(StoreTopology.DUE);
    }

    private List<Due> entries() {
        List<Due> entries = new ArrayList<>();
        try (KeyValueIterator<Due, byte[]> all = index().all()) {
            all.forEachRemaining(entry -> entries.add(entry.key));
        }
        return entries;
    }

    private void pass(Duration duration) {
        driver.advanceWallClockTime(duration);
    }

    private void pipe(ProducerRecord<byte[], byte[]> record) {
        driver.createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), NOW));
    }
}
