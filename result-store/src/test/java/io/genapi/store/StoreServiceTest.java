package io.genapi.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.StoreClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoreServiceTest {

    private static final Lane[] LANES = Lane.values();

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    private final Samples samples = new Samples(Instant.now());
    private final List<RunningStore> running = new ArrayList<>();

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        producer = RunningStore.producer(kafka);
    }

    @AfterAll
    static void stopKafka() {
        producer.close();
        kafka.close();
    }

    @AfterEach
    void stopStores() {
        running.forEach(RunningStore::close);
    }

    @Test
    void aReadRightAfterTheAcknowledgementAlwaysFindsTheJob() throws Exception {
        StoreClient store = start("a").client();
        for (int job = 0; job < 300; job++) {
            JobId id = samples.id();
            send(samples.request(id, LANES[job % LANES.length]));
            Answer answer = store.job(id, Duration.ZERO);
            assertEquals(200, answer.status(), answer::text);
            assertEquals("queued", answer.field("status"));
        }
    }

    @Test
    void aReadRightAfterTheAcknowledgementFindsTheJobAlsoBehindTransactions() throws Exception {
        StoreClient store = start("a").client();
        for (int job = 0; job < 20; job++) {
            JobId id = samples.id();
            RunningStore.sendInTransaction(kafka, samples.request(id, Lane.DEFAULT));
            assertEquals(200, store.job(id, Duration.ZERO).status());
            // The transactions' markers lie at the end of the topics and are no records.
            assertEquals(404, store.job(samples.id(), Duration.ZERO).status());
        }
    }

    @Test
    void aJobWhoseOrderingKeyPutItsRequestIntoAnotherPartitionIsFoundAndEnds() throws Exception {
        StoreClient store = start("a").client();
        Set<Boolean> foreign = new HashSet<>();
        for (int job = 0; job < 20; job++) {
            JobId id = samples.id();
            ProducerRecord<byte[], byte[]> request =
                    samples.orderedRequest(id, Lane.DEFAULT, "order-4711", RunningStore.PARTITIONS);
            int own = JobPartitioner.partitionOf(id, RunningStore.PARTITIONS);
            foreign.add(send(request).partition() != own);
            await().until(() -> store.job(id, Duration.ZERO).status() == 200);
            assertEquals("queued", store.job(id, Duration.ZERO).field("status"));
            assertEquals(own, send(samples.succeeded(id, "{}")).partition());
            assertEquals("succeeded", store.job(id, Duration.ofSeconds(30)).field("status"));
        }
        assertEquals(Set.of(true, false), foreign);
    }

    @Test
    void aJobWithAnOrderingKeyIsFoundRightAfterTheAcknowledgementWhereItsIdIsOfTheSamePartition() throws Exception {
        StoreClient store = start("a").client();
        for (int job = 0; job < 50; job++) {
            JobId id = samples.id();
            String key = Stream.iterate(0, number -> number + 1)
                    .map(number -> "order-" + number)
                    .filter(candidate -> JobPartitioner.partitionOf(
                                    new JobOrder(TenantId.DEFAULT, candidate), RunningStore.PARTITIONS)
                            == JobPartitioner.partitionOf(id, RunningStore.PARTITIONS))
                    .findFirst()
                    .orElseThrow();
            send(samples.orderedRequest(id, Lane.DEFAULT, key, RunningStore.PARTITIONS));
            assertEquals(200, store.job(id, Duration.ZERO).status());
        }
    }

    @Test
    void bothStoresTellWhichRequestOfAKeyWasTheFirst() throws Exception {
        StoreClient one = start("a").client();
        StoreClient other = start("b").client();
        for (int number = 0; number < 10; number++) {
            String key = "key-" + number;
            String path = "/store/originals/" + JobId.ofKey(TenantId.DEFAULT, key);
            await().until(() -> one.get(path).status() == 404 && other.get(path).status() == 404);
            RecordMetadata first = send(samples.keyedRequest(key, Lane.PRIORITY, "{\"a\":1}"));
            await().until(() -> one.get(path).status() == 200 && other.get(path).status() == 200);
            send(samples.keyedRequest(key, Lane.FLEX, "{\"b\":2}"));
            for (StoreClient store : List.of(one, other)) {
                Answer answer = store.get(path);
                assertEquals(first.topic(), answer.field("topic"));
                assertEquals(Integer.toString(first.partition()), answer.field("partition"));
                assertEquals(Long.toString(first.offset()), answer.field("offset"));
                assertEquals(BodyDigest.of("{\"a\":1}".getBytes(UTF_8)).hex(), answer.field("body_sha256"));
            }
        }
        assertEquals(404, one.get("/store/originals/nonsense").status());
    }

    @Test
    void aStoreTellsWhichJobsWereSubmittedLatelyWithABody() throws Exception {
        StoreClient store = start("a").client();
        JobId id = samples.id();
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.PRIORITY);
        send(new ProducerRecord<>(
                request.topic(), null, null, request.key(), "{\"only\":\"mine\"}".getBytes(UTF_8), request.headers()));
        String digest = BodyDigest.of("{\"only\":\"mine\"}".getBytes(UTF_8)).hex();
        String path = "/store/recent-requests?tenant=default&body_sha256=";
        await().until(() -> store.get(path + digest).text().equals("200 {\"jobs\":[\"" + id + "\"]}"));
        assertEquals("200 {\"jobs\":[]}", store.get(path + "0".repeat(64)).text());
        assertEquals(400, store.get(path + "nonsense").status());
    }

    @Test
    void anUnknownJobIsCertainlyNotThere() throws Exception {
        StoreClient store = start("a").client();
        Answer unknown = store.job(samples.id(), Duration.ofSeconds(30));
        assertEquals(404, unknown.status());
        assertEquals("job_not_found", unknown.field("error", "code"));
        assertEquals(404, store.get("/store/jobs/chatcmpl-1").status());
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        StoreClient store = start("a").client();
        Answer answer = store.get("/store/jobs/" + samples.id() + "?wait_ms=soon");
        assertEquals(400, answer.status());
        assertEquals("wait_ms", answer.field("error", "param"));
        assertEquals("limit", store.get("/store/jobs?limit=101").field("error", "param"));
        assertEquals("status", store.get("/store/jobs?status=done").field("error", "param"));
        assertEquals("after", store.get("/store/jobs?after=x").field("error", "param"));
    }

    @Test
    void aResultIsHandedOutByteForByte() throws Exception {
        StoreClient store = start("a").client();
        String completion =
                "{ \"id\":\"chatcmpl-1\",\n \"choices\" : [ {\"text\":\"Gr\u00fc\u00dfe \\u00e9 1.0e5\"} ] }";
        JobId id = samples.id();
        send(samples.request(id, Lane.DEFAULT));
        send(samples.succeeded(id, completion));
        Answer answer = store.job(id, Duration.ofSeconds(30));
        assertEquals("succeeded", answer.field("status"));
        assertArrayEquals(completion.getBytes(UTF_8), answer.slice("result"));
        assertEquals("gpt-4o", answer.field("model"));
        assertEquals("7", answer.field("usage", "total_tokens"));
        assertTrue(answer.text().contains("\"cost_usd\":0.000120"), answer::text);

        JobId failed = samples.id();
        send(samples.failed(
                failed, "{\"error\":{\"message\":\"no\", \"type\":\"server_error\",\"param\":null,\"code\":\"x\"}}"));
        Answer error = store.job(failed, Duration.ofSeconds(30));
        assertEquals("failed", error.field("status"));
        assertEquals("no", error.field("error", "message"));
        assertFalse(error.text().contains("\"result\""), error::text);
    }

    @Test
    void aRecordOfNothingButAValueIsFoundByTheIdThatItsPlaceGivesIt() throws Exception {
        StoreClient store = start("a").client();
        String topic = TopicNames.STANDARD.requests(Lane.DEFAULT);
        for (int job = 0; job < 20; job++) {
            RecordMetadata place =
                    send(new ProducerRecord<>(topic, "{\"model\":\"gpt-4o\",\"messages\":[]}".getBytes(UTF_8)));
            JobId id = JobId.derive(
                    Instant.ofEpochMilli(place.timestamp()), topic + "/" + place.partition() + "/" + place.offset());
            await().until(() -> store.job(id, Duration.ZERO).status() == 200);
        }
    }

    @Test
    void aJobThatNoWorkerTakesUpExpires() throws Exception {
        StoreClient store = start("a").client();
        JobId id = samples.id();
        send(samples.request(id, Lane.DEFAULT, Instant.now().plusSeconds(1)));
        Answer answer = store.job(id, Duration.ofSeconds(30));
        assertEquals("expired", answer.field("status"));
        assertEquals("504", answer.field("http_status"));
        assertEquals("deadline_exceeded", answer.field("error", "code"));
    }

    @Test
    void aCancelledJobThatNoWorkerTakesUpEnds() throws Exception {
        StoreClient store = start("a").client();
        JobId id = samples.id();
        send(samples.request(id, Lane.DEFAULT));
        send(samples.cancelRequested(id));
        Answer answer = store.job(id, Duration.ofSeconds(30));
        assertEquals("cancelled", answer.field("status"));
        assertEquals("job_cancelled", answer.field("error", "code"));
    }

    @Test
    void aStoreThatBeginsAnewEndsWhatIsDueAndNothingThatHasEnded() throws Exception {
        JobId ended = samples.id();
        JobId due = samples.id();
        RunningStore first = start("before");
        Instant deadline = Instant.now().plusSeconds(5);
        send(samples.request(ended, Lane.DEFAULT, deadline));
        send(samples.request(due, Lane.DEFAULT, deadline));
        assertEquals(200, first.client().job(due, Duration.ZERO).status());
        first.close();
        running.remove(first);
        send(samples.succeeded(ended, "{\"choices\":[]}"));

        // Its state comes back from Kafka alone, and it reads on where the first one stopped.
        StoreClient second = start("after").client();
        assertEquals("expired", second.job(due, Duration.ofSeconds(30)).field("status"));
        assertEquals("succeeded", second.job(ended, Duration.ZERO).field("status"));
    }

    @Test
    void twoStoresAnswerForEachOther() throws Exception {
        RunningStore one = start("one");
        RunningStore other = start("other");
        awaitShared(one, other);
        for (int job = 0; job < 40; job++) {
            JobId id = samples.id();
            send(samples.request(id, Lane.PRIORITY));
            for (RunningStore store : List.of(one, other)) {
                assertEquals(200, store.client().job(id, Duration.ZERO).status());
                assertEquals(
                        404, store.client().job(samples.id(), Duration.ZERO).status());
            }
            Future<Answer> here = waiting(one, id);
            Future<Answer> there = waiting(other, id);
            await().until(() -> one.waiters() + other.waiters() == 2);
            send(samples.succeeded(id, "{\"choices\":[" + job + "]}"));
            for (Future<Answer> answer : List.of(here, there)) {
                assertEquals(
                        "{\"choices\":[" + job + "]}", new String(answer.get().slice("result"), UTF_8));
            }
        }
    }

    @Test
    void tellsOfManyJobsAtOnceHowFarTheyHaveComeWhicheverStoreHasThem() throws Exception {
        RunningStore one = start("a");
        RunningStore other = start("b");
        awaitShared(one, other);
        List<JobId> queued = new ArrayList<>();
        List<JobId> ended = new ArrayList<>();
        List<JobId> never = new ArrayList<>();
        for (int job = 0; job < 60; job++) {
            queued.add(samples.id());
            ended.add(samples.id());
            never.add(samples.id());
            send(samples.request(queued.getLast(), Lane.DEFAULT));
            send(samples.request(ended.getLast(), Lane.FLEX));
            send(samples.succeeded(ended.getLast(), "{}"));
        }
        List<JobId> all = Stream.of(queued, ended, never).flatMap(List::stream).toList();
        for (RunningStore store : List.of(one, other)) {
            JsonNode answer = standings(store, all);
            assertEquals(List.of(), answer.path("unknown").valueStream().toList());
            Map<String, String> known = answer.path("jobs")
                    .valueStream()
                    .collect(Collectors.toMap(
                            job -> job.path("id").stringValue(),
                            job -> job.path("status").stringValue()));
            assertEquals(queued.size() + ended.size(), known.size());
            queued.forEach(job -> assertEquals("queued", known.get(job.value())));
            ended.forEach(job -> assertEquals("succeeded", known.get(job.value())));
        }
    }

    @Test
    void aMalformedQuestionAboutManyJobsIsNamed() throws Exception {
        StoreClient store = start("a").client();
        Map.of(
                        "nonsense",
                        "body",
                        "",
                        "ids",
                        "[]",
                        "ids",
                        "{\"ids\":7}",
                        "ids",
                        "{\"ids\":[\"job_x\"]}",
                        "ids",
                        "{\"ids\":[%s]}"
                                .formatted("\"%s\",".formatted(samples.id()).repeat(1_001) + "0"),
                        "ids")
                .forEach((question, parameter) -> {
                    Answer answer = store.post("/store/standings", question);
                    assertEquals(400, answer.status(), answer::text);
                    assertEquals(parameter, answer.field("error", "param"), answer::text);
                });
    }

    private static JsonNode standings(RunningStore store, List<JobId> jobs) {
        String ids = jobs.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        Answer answer = store.client().post("/store/standings?wait_ms=30000", ids);
        assertEquals(200, answer.status(), answer::text);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void listsJobsOfAllStoresNewestFirst() throws Exception {
        RunningStore one = start("one");
        RunningStore other = start("other");
        awaitShared(one, other);
        Instant soon = Instant.now().plusSeconds(600);
        List<JobId> ids = new ArrayList<>();
        for (int job = 0; job < 45; job++) {
            JobId id = samples.idAt(soon.plusMillis(job));
            ids.add(id);
            send(samples.request(id, Lane.FLEX));
            if (job % 9 == 0) {
                send(samples.failed(id, "{\"error\":{}}"));
            }
            assertEquals(
                    200,
                    one.client()
                            .job(id, Duration.ofMillis(job % 9 == 0 ? 30_000 : 0))
                            .status());
        }
        Collections.reverse(ids);
        Answer first = one.client().get("/store/jobs");
        assertEquals(ids.subList(0, 20), first.ids());
        assertEquals("true", first.field("has_more"));
        assertEquals(ids.get(19).value(), first.field("last_id"));
        assertEquals(ids.getFirst().value(), first.field("first_id"));
        assertEquals(
                ids.subList(20, 45),
                other.client().get("/store/jobs?limit=25&after=" + ids.get(19)).ids());
        assertEquals(
                List.of(ids.get(8), ids.get(17), ids.get(26), ids.get(35), ids.get(44)),
                other.client().get("/store/jobs?limit=5&status=failed").ids());
    }

    @Test
    void aTenantFindsAndListsItsOwnJobsAlone() throws Exception {
        RunningStore one = start("one");
        RunningStore other = start("other");
        awaitShared(one, other);
        Instant before = Instant.now().minusSeconds(60);
        List<JobId> own = new ArrayList<>();
        for (int job = 0; job < 12; job++) {
            JobId id = samples.idAt(before.plusMillis(job));
            boolean acmes = job % 3 == 0;
            send(samples.request(id, new TenantId(acmes ? "acme & sons" : "other")));
            for (RunningStore store : List.of(one, other)) {
                assertEquals(200, store.client().job(id, Duration.ZERO).status());
                assertEquals(
                        acmes ? 200 : 404,
                        store.client()
                                .get("/store/jobs/" + id + "?tenant=acme+%26+sons")
                                .status());
            }
            if (acmes) {
                own.add(id);
            } else {
                // It is not waited for either.
                assertEquals(
                        404,
                        one.client()
                                .get("/store/jobs/" + id + "?wait_ms=60000&tenant=acme+%26+sons")
                                .status());
            }
        }
        Collections.reverse(own);
        assertEquals(own, other.client().get("/store/jobs?tenant=acme+%26+sons").ids());
    }

    @Test
    void whenAStoreGoesTheOtherTakesOverAndNeverDeniesAJob() throws Exception {
        RunningStore one = start("one");
        RunningStore other = start("other");
        awaitShared(one, other);
        List<JobId> ids = new ArrayList<>();
        for (int job = 0; job < 50; job++) {
            JobId id = samples.id();
            ids.add(id);
            send(samples.request(id, Lane.DEFAULT));
        }
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(one::close);
        HashSet<JobId> open = new HashSet<>(ids);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (JobId id : ids) {
                int status = other.client().job(id, Duration.ZERO).status();
                assertTrue(status == 200 || status == 503, () -> "status " + status);
                if (status == 200 && stopped.isDone()) {
                    open.remove(id);
                }
            }
            return open.isEmpty();
        });
    }

    @Test
    void jobsSurviveARestartWithAndWithoutTheStateDirectory() throws Exception {
        JobId open = samples.id();
        JobId done = samples.id();
        try (RunningStore store = start("restarted")) {
            send(samples.request(open, Lane.DEFAULT));
            send(samples.request(done, Lane.DEFAULT));
            send(samples.succeeded(done, "{\"choices\":[]}"));
            assertEquals(
                    "succeeded",
                    store.client().job(done, Duration.ofSeconds(30)).field("status"));
            assertEquals("queued", store.client().job(open, Duration.ZERO).field("status"));
        }
        for (String stateDirectory : List.of("restarted", "another")) {
            try (RunningStore store = start(stateDirectory)) {
                assertEquals("queued", store.client().job(open, Duration.ZERO).field("status"));
                assertEquals(
                        "{\"choices\":[]}",
                        new String(store.client().job(done, Duration.ZERO).slice("result"), UTF_8));
                // Nothing new has come since: the store must know that it knows everything.
                assertEquals(
                        404, store.client().job(samples.id(), Duration.ZERO).status());
            }
        }
    }

    @Test
    void countsWhatTenantsUseAcrossStoresAndRestarts() throws Exception {
        TenantId tenant = new TenantId("counted");
        // The samples' results are of two seconds later.
        String today = "/store/tenants?day=" + LocalDate.ofInstant(Instant.now().plusSeconds(2), ZoneOffset.UTC);
        try (RunningStore one = start("count-one");
                RunningStore other = start("count-other")) {
            awaitShared(one, other);
            for (int job = 0; job < 12; job++) {
                JobId id = samples.id();
                send(samples.request(id, tenant));
                if (job % 3 == 0) {
                    send(samples.succeeded(id, "{}"));
                    // Once more: neither counts twice.
                    send(samples.succeeded(id, "{}"));
                }
                assertEquals(
                        job % 3 == 0 ? "succeeded" : "queued",
                        one.client()
                                .job(id, Duration.ofMillis(job % 3 == 0 ? 30_000 : 0))
                                .field("status"));
            }
            for (RunningStore store : List.of(one, other)) {
                await().until(() -> use(store, today).equals("8/28"));
            }
        }
        for (String stateDirectory : List.of("count-one", "count-anew")) {
            try (RunningStore store = start(stateDirectory)) {
                await().until(() -> use(store, today).equals("8/28"));
            }
        }
    }

    private static String use(RunningStore store, String path) {
        Answer answer = store.client().get(path);
        return answer.field("counted", "open") + "/" + answer.field("counted", "tokens");
    }

    @Test
    void aResultThatKafkaNoLongerHasIsGoneNotUnknown() throws Exception {
        StoreClient store = start("a").client();
        JobId id = samples.id();
        RecordMetadata place = send(samples.succeeded(id, "{\"choices\":[]}"));
        assertEquals(200, store.job(id, Duration.ofSeconds(30)).status());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(place.topic(), place.partition()),
                            RecordsToDelete.beforeOffset(place.offset() + 1)))
                    .all()
                    .get();
        }
        Answer gone = store.job(id, Duration.ZERO);
        assertEquals(410, gone.status(), gone::text);
        assertEquals("job_result_expired", gone.field("error", "code"));
    }

    @Test
    void aStateDirectoryThatAnotherStoreUsesIsRefusedWithTheRemedy() {
        start("shared");
        StartException refused = assertThrows(StartException.class, () -> start("shared"));
        assertTrue(refused.toString().contains("genapi.store.state-dir"), refused::toString);
    }

    @Test
    void measuresItselfUnderTheContractsNames() throws Exception {
        RunningStore store = start("a");
        String metrics = store.client().get("/metrics").text();
        assertTrue(metrics.contains("genapi_duplicate_results_total"), metrics);
        assertTrue(metrics.contains("genapi_store_transitions_total"), metrics);
        assertTrue(metrics.contains("kafka_stream_thread"), metrics);
        assertFalse(metrics.contains("task_id="), metrics);
    }

    private RunningStore start(String name) {
        RunningStore store = RunningStore.start(kafka, directory.resolve(name));
        running.add(store);
        return store;
    }

    /** Waits until each of the two has a part of the table. */
    private static void awaitShared(RunningStore one, RunningStore other) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one.partitions() == RunningStore.PARTITIONS / 2
                        && other.partitions() == RunningStore.PARTITIONS / 2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> one.client().get("/store/jobs").status() == 200
                        && other.client().get("/store/jobs").status() == 200);
    }

    private static Future<Answer> waiting(RunningStore store, JobId id) {
        return CompletableFuture.supplyAsync(() -> store.client().job(id, Duration.ofSeconds(50)));
    }

    private static RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws Exception {
        return producer.send(record).get();
    }
}
