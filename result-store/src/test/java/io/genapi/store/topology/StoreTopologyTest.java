package io.genapi.store.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.Likeness;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.Samples;
import io.genapi.store.job.Deadlines;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobState;
import io.genapi.store.job.Submission;
import io.genapi.store.query.RecentRequests;
import io.genapi.store.query.Waiters;
import io.genapi.store.tenant.DayTokens;
import io.genapi.store.tenant.TenantLedger;
import io.genapi.store.tenant.TenantUse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTopologyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(2);
    private static final TopicNames NAMES = TopicNames.STANDARD;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConsumptionProgress progress = new ConsumptionProgress();
    private final Waiters waiters = new Waiters();
    private final TenantLedger ledger = new TenantLedger();
    private final RecentRequests recent = new RecentRequests(Duration.ofMinutes(10), 100);
    private final Samples samples = new Samples(NOW);
    private TopologyTestDriver driver;

    @BeforeEach
    void start(@TempDir Path directory) {
        // The driver has one partition of everything, so every job is at home.
        driver = drive(1, directory);
    }

    private TopologyTestDriver drive(int partitions, Path directory) {
        Properties properties = new Properties();
        properties.put("application.id", "genapi-result-store");
        properties.put("bootstrap.servers", "unused:9092");
        properties.put("state.dir", directory.toString());
        Topology topology = new StoreTopology(
                        NAMES,
                        "genapi-result-store",
                        partitions,
                        RETENTION,
                        Duration.ofMinutes(1),
                        new Deadlines(Duration.ofHours(24), RETENTION),
                        new DueTimes(Duration.ofSeconds(2), Duration.ofSeconds(2)),
                        "/genapi/store/test")
                .build(new StoreMetrics(meters), progress, waiters, ledger, recent, properties);
        return new TopologyTestDriver(topology, properties, NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aRequestFromTheGatewayIsAQueuedJob() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.FLEX));
        JobState state = job(id);
        assertEquals(JobStatus.QUEUED, state.status());
        assertEquals(Optional.of(Lane.FLEX), state.submission().map(Submission::lane));
        assertEquals("correlation of " + id, state.correlationId());
    }

    @Test
    void aResultEndsItsJobAndSaysWhereItsPayloadLies() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pipe(samples.succeeded(id, "{\"choices\":[]}"));
        JobState state = job(id);
        assertEquals(JobStatus.SUCCEEDED, state.status());
        assertEquals(0, state.ending().orElseThrow().payload().offset());
    }

    @Test
    void openJobsAndTokensAreCountedOnceForEachTenant() {
        TenantId acme = new TenantId("acme");
        JobId first = samples.id();
        JobId second = samples.id();
        pipe(samples.request(first, acme));
        pipe(samples.request(first, acme));
        pipe(samples.request(second, acme));
        pipe(samples.request(samples.id(), Lane.DEFAULT));
        pipe(samples.started(first));
        assertEquals(Map.of(acme, new TenantUse(2, 0), TenantId.DEFAULT, new TenantUse(1, 0)), used(0));
        pipe(samples.succeeded(first, "{}"));
        pipe(samples.failed(first, "{}"));
        assertEquals(new TenantUse(1, 7), used(0).get(acme));
        assertEquals(new TenantUse(1, 0), used(1).get(acme));
        ledger.lost(0);
        assertEquals(Map.of(), used(0));
    }

    @Test
    void anEntryTooManyOrTooFewMakesNoJobCountTwiceOrNever() {
        TenantId acme = new TenantId("acme");
        JobId twice = samples.id();
        JobId never = samples.id();
        pipe(samples.request(twice, acme));
        pipe(samples.request(never, acme));
        KeyValueStore<Due, byte[]> index = driver.getKeyValueStore(StoreTopology.DUE);
        List<Due> entries = new ArrayList<>();
        try (KeyValueIterator<Due, byte[]> all = index.all()) {
            all.forEachRemaining(entry -> entries.add(entry.key));
        }
        entries.stream().filter(due -> due.id().equals(never)).forEach(index::delete);
        index.put(new Due(NOW.plusSeconds(1), twice), new byte[] {1});
        TenantLedger anew = new TenantLedger();
        KeyValueStore<JobId, JobState> jobs = driver.getKeyValueStore(StoreTopology.JOBS);
        KeyValueStore<TenantId, DayTokens> tokens = driver.getKeyValueStore(StoreTopology.TOKENS);
        DueTimes times = new DueTimes(Duration.ofSeconds(2), Duration.ofSeconds(2));
        TenantAccounts accounts = new TenantAccounts(anew, 0, times, jobs, index, tokens);
        assertEquals(
                Map.of(acme, new TenantUse(1, 0)), anew.uses(LocalDate.EPOCH).get(0));
        accounts.met(job(never));
        accounts.met(job(never));
        assertEquals(
                Map.of(acme, new TenantUse(2, 0)), anew.uses(LocalDate.EPOCH).get(0));
    }

    @Test
    void aClockThatIsAheadHidesNoTokensOfToday() {
        TenantId acme = new TenantId("acme");
        for (Duration ahead : List.of(Duration.ZERO, Duration.ofDays(2), Duration.ZERO)) {
            JobId id = samples.id();
            pipe(samples.request(id, acme));
            ProducerRecord<byte[], byte[]> result = samples.succeeded(id, "{}");
            String ended = NOW.plus(ahead).toString();
            result.headers().remove("ce_time").add("ce_time", ended.getBytes(UTF_8));
            pipe(result);
        }
        assertEquals(new TenantUse(0, 21), used(0).get(acme));
        assertEquals(new TenantUse(0, 0), used(1).get(acme));
    }

    private Map<TenantId, TenantUse> used(int daysLater) {
        return ledger.uses(LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusDays(daysLater))
                .getOrDefault(0, Map.of());
    }

    @Test
    void aSecondResultIsIgnoredAndCounted() {
        JobId id = samples.id();
        pipe(samples.succeeded(id, "{\"choices\":[]}"));
        pipe(samples.failed(id, "{\"error\":{}}"));
        assertEquals(JobStatus.SUCCEEDED, job(id).status());
        assertEquals(1, meters.get("genapi.duplicate.results").counter().count());
    }

    @Test
    void aRecordWithNothingButAValueIsAJobOfItsDerivedIdAndTravelsWithoutItsBody(@TempDir Path directory) {
        driver.close();
        // Of so many partitions, partition 0 of the driver is not this id's.
        driver = drive(1000, directory);
        byte[] body = "{\"model\":\"gpt-4o\",\"messages\":[\"a long story\"]}".getBytes(UTF_8);
        input(NAMES.requests(Lane.DEFAULT)).pipeInput(new TestRecord<>(null, body, NOW));

        JobId derived = JobId.derive(NOW, NAMES.requests(Lane.DEFAULT) + "/0/0");
        assertEquals(JobStatus.QUEUED, job(derived).status());
        TestRecord<byte[], byte[]> summary = driver.createOutputTopic(
                        "genapi-result-store-foreign-requests-repartition",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecord();
        assertArrayEquals(derived.bytes(), summary.key());
        assertFalse(new String(summary.value(), UTF_8).contains("a long story"));
    }

    @Test
    void aRequestWithAWrongHeaderIsAJob() {
        JobId id = samples.id();
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.DEFAULT);
        request.headers().remove("deadline");
        request.headers().add("deadline", "tomorrow".getBytes(UTF_8));
        pipe(request);
        assertEquals(JobStatus.QUEUED, job(id).status());
    }

    @Test
    void whatCannotBeReadIsCountedAndSkipped() {
        JobId id = samples.id();
        input(NAMES.requests(Lane.DEFAULT)).pipeInput(new TestRecord<>(id.bytes(), null, NOW));
        input(NAMES.results()).pipeInput(new TestRecord<>("not a job".getBytes(UTF_8), new byte[0], NOW));
        ProducerRecord<byte[], byte[]> absurd = samples.succeeded(id, "{}");
        absurd.headers().remove("attempts");
        absurd.headers().add("attempts", "99999999999".getBytes(UTF_8));
        pipe(absurd);
        assertNull(table().get(id));
        assertEquals(
                3,
                meters.get("genapi.errors")
                        .tags("error_type", "unreadable_record")
                        .counter()
                        .count());
    }

    @Test
    void aWaiterGetsTheResultWithItsPayload() throws InterruptedException {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.PRIORITY));
        try (Waiters.Waiter waiter = waiters.waitFor(id, 0)) {
            pipe(samples.succeeded(id, "{\"choices\":[1]}"));
            Waiters.Wake.Ended ended =
                    (Waiters.Wake.Ended) waiter.await(Duration.ZERO).orElseThrow();
            assertEquals("{\"choices\":[1]}", new String(ended.payload(), UTF_8));
        }
        assertEquals(0, waiters.count());
    }

    @Test
    void aWaiterIsToldWhenThePartitionLeaves(@TempDir Path directory) throws InterruptedException {
        try (Waiters.Waiter waiter = waiters.waitFor(samples.id(), 0)) {
            driver.close();
            driver = drive(1, directory);
            assertEquals(new Waiters.Wake.Lost(), waiter.await(Duration.ZERO).orElseThrow());
        }
    }

    @Test
    void jobsAreForgottenWhenTheirRetentionIsOver() {
        JobId old = samples.id();
        pipe(samples.request(old, Lane.DEFAULT));
        pipe(samples.succeeded(old, "{}"));
        driver.advanceWallClockTime(RETENTION.minusMinutes(2));
        assertNotNull(table().get(old));
        driver.advanceWallClockTime(Duration.ofMinutes(4));
        assertNull(table().get(old));
    }

    @Test
    void aJobThatEndedLateIsKeptForItsWholeRetentionAfterThat() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        driver.advanceWallClockTime(Duration.ofDays(1));
        pipe(samples.succeeded(id, "{}"), NOW.plus(Duration.ofDays(1)));
        driver.advanceWallClockTime(Duration.ofHours(25));
        assertNotNull(table().get(id));
        driver.advanceWallClockTime(Duration.ofDays(1));
        assertNull(table().get(id));
    }

    @Test
    void anIdFromTheFarFutureIsForgottenLikeTheOthers() {
        JobId future = JobId.firstOf(Instant.parse("2999-01-01T00:00:00Z"));
        pipe(samples.request(future, Lane.DEFAULT));
        pipe(samples.succeeded(future, "{}"));
        driver.advanceWallClockTime(RETENTION.plusMinutes(2));
        assertNull(table().get(future));
    }

    @Test
    void theTableKeepsAStateWhole() {
        JobId id = samples.id();
        pipe(samples.request(id, Lane.DEFAULT));
        pipe(samples.started(id));
        pipe(samples.failed(id, "{\"error\":{}}"));
        JobState state = job(id);
        var serde = JobSerdes.jobState();
        byte[] bytes = serde.serializer().serialize("", state);
        assertEquals(state, serde.deserializer().deserialize("", bytes));
        assertTrue(bytes.length < 1200, () -> "a state takes " + bytes.length + " bytes");
    }

    @Test
    void ofTheRequestsOfOneIdempotencyKeyTheFirstOneSeenStaysTheOriginal() {
        JobId id = JobId.ofKey(TenantId.DEFAULT, "once");
        pipe(samples.request(samples.id(), Lane.PRIORITY));
        pipe(samples.keyedRequest("once", Lane.PRIORITY, "{\"first\":1}"));
        pipe(samples.keyedRequest("once", Lane.PRIORITY, "{\"first\":1}"));
        pipe(samples.keyedRequest("once", Lane.DEFAULT, "{\"another\":1}"));
        assertEquals(
                Optional.of(new Original(
                        NAMES.requests(Lane.PRIORITY), 0, 1, BodyDigest.of("{\"first\":1}".getBytes(UTF_8)))),
                job(id).original());
        assertEquals(Optional.of(Lane.PRIORITY), job(id).submission().map(Submission::lane));
        var serde = JobSerdes.jobState();
        assertEquals(
                job(id), serde.deserializer().deserialize("", serde.serializer().serialize("", job(id))));
    }

    @Test
    void aRequestWithAnIdempotencyKeyThatLiesElsewhereTakesItsPlaceAlong(@TempDir Path directory) {
        driver.close();
        driver = drive(1000, directory);
        input(NAMES.requests(Lane.FLEX))
                .pipeInput(new TestRecord<>(
                        null,
                        "{}".getBytes(UTF_8),
                        new RecordHeaders().add("idempotency-key", "once".getBytes(UTF_8)),
                        NOW));
        assertEquals(
                Optional.of(new Original(NAMES.requests(Lane.FLEX), 0, 0, BodyDigest.of("{}".getBytes(UTF_8)))),
                job(JobId.ofKey(TenantId.DEFAULT, "once")).original());
    }

    @Test
    void aRequestWithoutAnIdempotencyKeyIsFoundByItsBodyForAWhile() {
        JobId id = samples.id();
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.PRIORITY);
        BodyDigest digest = BodyDigest.of(request.value());
        Likeness question = new Likeness(TenantId.DEFAULT, digest, Optional.empty(), Optional.empty());
        pipe(request);
        ProducerRecord<byte[], byte[]> restricted = samples.request(samples.id(), Lane.PRIORITY);
        restricted.headers().add("vendor", "one".getBytes(UTF_8)).add("ordering-key", "two".getBytes(UTF_8));
        pipe(restricted);
        pipe(samples.keyedRequest("once", Lane.PRIORITY, new String(request.value(), UTF_8)));
        assertEquals(List.of(id), recent.find(question, NOW));
        BodyDigest same = BodyDigest.of(restricted.value());
        assertEquals(digest, same);
        Likeness alike = new Likeness(TenantId.DEFAULT, same, Optional.of(new VendorName("one")), Optional.of("two"));
        assertEquals(List.of(RequestRecords.keyAsId(restricted.key()).orElseThrow()), recent.find(alike, NOW));
        assertEquals(List.of(), recent.find(question, NOW.plus(Duration.ofMinutes(11))));
    }

    @Test
    void manyJobsOfIdempotencyKeysKeepNoOtherFromBeingForgotten() {
        JobId old = samples.id();
        pipe(samples.request(old, Lane.DEFAULT));
        pipe(samples.succeeded(old, "{}"));
        Instant late = NOW.plus(Duration.ofDays(1));
        for (int key = 0; key < 10_500; key++) {
            pipe(samples.keyedRequest("key-" + key, Lane.DEFAULT, "{}"), late);
        }
        driver.advanceWallClockTime(RETENTION);
        for (int sweep = 0; sweep < 3; sweep++) {
            driver.advanceWallClockTime(Duration.ofMinutes(1));
        }
        assertNull(table().get(old));
    }

    private JobState job(JobId id) {
        JobState state = table().get(id);
        assertNotNull(state, () -> id + " is not in the table");
        return state;
    }

    private KeyValueStore<JobId, JobState> table() {
        return driver.getKeyValueStore(StoreTopology.JOBS);
    }

    private void pipe(ProducerRecord<byte[], byte[]> record) {
        pipe(record, NOW);
    }

    private void pipe(ProducerRecord<byte[], byte[]> record, Instant recordedAt) {
        input(record.topic()).pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), recordedAt));
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
