package io.genapi.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.RecordDocument;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.StoreClient.Answer;
import io.genapi.store.job.Facts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One store, asked over HTTP. */
class StoreServiceTest {

    private static final Lane[] LANES = Lane.values();

    @TempDir
    private static Path directory;

    private static StoreKafka kafka;
    private static RunningStore running;
    private static StoreClient store;

    private final Samples samples = new Samples(Instant.now());

    @BeforeAll
    static void start() {
        kafka = StoreKafka.start(directory);
        running = kafka.startStore("only");
        store = running.client();
    }

    @AfterAll
    static void stop() {
        running.close();
        kafka.close();
    }

    @Test
    void aReadRightAfterTheAcknowledgementAlwaysFindsTheJob() throws Exception {
        for (int job = 0; job < 300; job++) {
            JobId id = samples.id();
            kafka.send(samples.request(id, LANES[job % LANES.length]));
            Answer answer = store.job(id, Duration.ZERO);
            assertEquals(200, answer.status(), answer::text);
            assertEquals("queued", answer.field("status"));
        }
    }

    @Test
    void aReadRightAfterTheAcknowledgementFindsTheJobAlsoBehindTransactions() throws Exception {
        for (int job = 0; job < 20; job++) {
            JobId id = samples.id();
            kafka.sendInTransaction(samples.request(id, Lane.DEFAULT));
            assertEquals(200, store.job(id, Duration.ZERO).status());
            // The transactions' markers lie at the end of the topics and are no records.
            assertEquals(404, store.job(samples.id(), Duration.ZERO).status());
        }
    }

    @Test
    void aJobWhoseOrderingKeyPutItsRequestIntoAnotherPartitionIsFoundAndEnds() throws Exception {
        Set<Boolean> foreign = new HashSet<>();
        for (int job = 0; job < 20; job++) {
            JobId id = samples.id();
            ProducerRecord<byte[], byte[]> request =
                    samples.orderedRequest(id, Lane.DEFAULT, "order-4711", RunningStore.PARTITIONS);
            int own = JobPartitioner.partitionOf(id, RunningStore.PARTITIONS);
            foreign.add(kafka.send(request).partition() != own);
            await().until(() -> store.job(id, Duration.ZERO).status() == 200);
            assertEquals("queued", store.job(id, Duration.ZERO).field("status"));
            assertEquals(own, kafka.send(samples.succeeded(id, "{}")).partition());
            assertEquals("succeeded", store.job(id, Duration.ofSeconds(30)).field("status"));
        }
        assertEquals(Set.of(true, false), foreign);
    }

    @Test
    void aJobWithAnOrderingKeyIsFoundRightAfterTheAcknowledgementWhereItsIdIsOfTheSamePartition() throws Exception {
        for (int job = 0; job < 50; job++) {
            JobId id = samples.id();
            String key = Stream.iterate(0, number -> number + 1)
                    .map(number -> "order-" + number)
                    .filter(candidate -> JobPartitioner.partitionOf(
                                    new JobOrder(TenantId.DEFAULT, candidate), RunningStore.PARTITIONS)
                            == JobPartitioner.partitionOf(id, RunningStore.PARTITIONS))
                    .findFirst()
                    .orElseThrow();
            kafka.send(samples.orderedRequest(id, Lane.DEFAULT, key, RunningStore.PARTITIONS));
            assertEquals(200, store.job(id, Duration.ZERO).status());
        }
    }

    @Test
    void aStoreTellsWhichJobsWereSubmittedLatelyWithABody() throws Exception {
        JobId id = samples.id();
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.PRIORITY);
        kafka.send(new ProducerRecord<>(
                request.topic(), null, null, request.key(), "{\"only\":\"mine\"}".getBytes(UTF_8), request.headers()));
        String digest = BodyDigest.of("{\"only\":\"mine\"}".getBytes(UTF_8)).hex();
        String path = "/store/recent-requests?tenant=default&body_sha256=";
        await().until(() -> store.get(path + digest).text().equals("200 {\"jobs\":[\"" + id + "\"]}"));
        assertEquals("200 {\"jobs\":[]}", store.get(path + "0".repeat(64)).text());
        assertEquals(
                "200 {\"jobs\":[]}", store.get(path + digest + "&vendor=one").text());
        assertEquals(
                "200 {\"jobs\":[]}",
                store.get(path + digest + "&ordering_key=a%20b").text());
        assertEquals(400, store.get(path + "nonsense").status());
    }

    @Test
    void anUnknownJobIsCertainlyNotThere() throws Exception {
        Answer unknown = store.job(samples.id(), Duration.ofSeconds(30));
        assertEquals(404, unknown.status());
        assertEquals("job_not_found", unknown.field("error", "code"));
        assertEquals(404, store.get("/store/jobs/chatcmpl-1").status());
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        Answer answer = store.get("/store/jobs/" + samples.id() + "?wait_ms=soon");
        assertEquals(400, answer.status());
        assertEquals("wait_ms", answer.field("error", "param"));
        assertEquals("limit", store.get("/store/jobs?limit=101").field("error", "param"));
        assertEquals("status", store.get("/store/jobs?status=done").field("error", "param"));
        assertEquals("after", store.get("/store/jobs?after=x").field("error", "param"));
    }

    @Test
    void aResultIsHandedOutByteForByte() throws Exception {
        String completion =
                "{ \"id\":\"chatcmpl-1\",\n \"choices\" : [ {\"text\":\"Gr\u00fc\u00dfe \\u00e9 1.0e5\"} ] }";
        JobId id = samples.id();
        kafka.send(samples.request(id, Lane.DEFAULT));
        kafka.send(samples.succeeded(id, completion));
        Answer answer = store.job(id, Duration.ofSeconds(30));
        assertEquals("succeeded", answer.field("status"));
        assertArrayEquals(completion.getBytes(UTF_8), answer.slice("result"));
        assertEquals("gpt-4o", answer.field("model"));
        assertEquals("7", answer.field("usage", "total_tokens"));
        assertTrue(answer.text().contains("\"cost_usd\":0.000120"), answer::text);

        JobId failed = samples.id();
        kafka.send(samples.failed(
                failed, "{\"error\":{\"message\":\"no\", \"type\":\"server_error\",\"param\":null,\"code\":\"x\"}}"));
        Answer error = store.job(failed, Duration.ofSeconds(30));
        assertEquals("failed", error.field("status"));
        assertEquals("no", error.field("error", "message"));
        assertFalse(error.text().contains("\"result\""), error::text);
    }

    @Test
    void aRecordOfNothingButAValueIsFoundByTheIdThatItsPlaceGivesIt() throws Exception {
        String topic = TopicNames.STANDARD.requests(Lane.DEFAULT);
        for (int job = 0; job < 20; job++) {
            RecordMetadata place =
                    kafka.send(new ProducerRecord<>(topic, "{\"model\":\"gpt-4o\",\"messages\":[]}".getBytes(UTF_8)));
            JobId id = JobId.derive(
                    Instant.ofEpochMilli(place.timestamp()), topic + "/" + place.partition() + "/" + place.offset());
            await().until(() -> store.job(id, Duration.ZERO).status() == 200);
        }
    }

    @Test
    void aJobThatNoWorkerTakesUpExpires() throws Exception {
        JobId id = samples.id();
        kafka.send(samples.request(id, Lane.DEFAULT, Instant.now().plusSeconds(1)));
        Answer answer = store.job(id, Duration.ofSeconds(30));
        assertEquals("expired", answer.field("status"));
        assertEquals("504", answer.field("http_status"));
        assertEquals("deadline_exceeded", answer.field("error", "code"));
    }

    @Test
    void aCancelledJobThatNoWorkerTakesUpEnds() throws Exception {
        JobId id = samples.id();
        kafka.send(samples.request(id, Lane.DEFAULT));
        kafka.send(samples.cancelRequested(id));
        Answer answer = store.job(id, Duration.ofSeconds(30));
        assertEquals("cancelled", answer.field("status"));
        assertEquals("job_cancelled", answer.field("error", "code"));
    }

    @Test
    void aMalformedQuestionAboutManyJobsIsNamed() throws Exception {
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

    @Test
    void aResultThatKafkaNoLongerHasIsGoneNotUnknown() throws Exception {
        JobId id = samples.id();
        RecordMetadata place = kafka.send(samples.succeeded(id, "{\"choices\":[]}"));
        assertEquals(200, store.job(id, Duration.ofSeconds(30)).status());
        kafka.delete(place);
        Answer gone = store.job(id, Duration.ZERO);
        assertEquals(410, gone.status(), gone::text);
        assertEquals("job_result_expired", gone.field("error", "code"));
    }

    @Test
    void aRequestIsHandedOutAsTheRecordThatItIs() throws Exception {
        JobId id = samples.id();
        ProducerRecord<byte[], byte[]> request = samples.request(id, Lane.FLEX);
        request.headers().add("redrive-of", Facts.ID.bytes());
        kafka.send(request);
        await().until(() -> store.job(id, Duration.ZERO).status() == 200);
        assertEquals(Facts.ID.value(), store.job(id, Duration.ZERO).field("redrive_of"));

        ConsumerRecord<byte[], byte[]> record =
                RecordDocument.read(store.get("/store/requests/" + id).body()).orElseThrow();
        assertArrayEquals(request.value(), record.value());
        assertEquals(request.headers(), record.headers());
        assertEquals(request.topic(), record.topic());

        assertEquals(200, store.get("/store/requests/" + id + "?tenant=default").status());
        assertEquals(404, store.get("/store/requests/" + id + "?tenant=acme").status());
        assertEquals(404, store.get("/store/requests/" + samples.id()).status());
        assertEquals(404, store.get("/store/requests/resp_1").status());
    }

    @Test
    void aRequestThatKafkaNoLongerHasIsGone() throws Exception {
        JobId id = samples.id();
        RecordMetadata place = kafka.send(samples.request(id, Lane.FLEX));
        await().until(() -> store.job(id, Duration.ZERO).status() == 200);
        kafka.delete(place);
        Answer gone = store.get("/store/requests/" + id);
        assertEquals("410 job_request_expired", gone.status() + " " + gone.field("error", "code"));
    }

    @Test
    void jobsOfATimeAreListedThoseOfIdempotencyKeysAmongThem() throws Exception {
        Instant day = Instant.now().minus(Duration.ofDays(1));
        List<JobId> ids = new ArrayList<>();
        for (int hour = 0; hour < 3; hour++) {
            Samples then = new Samples(day.plus(Duration.ofHours(hour)));
            ids.add(then.id());
            kafka.send(then.request(ids.getLast(), Lane.DEFAULT));
        }
        JobId keyed = JobId.ofKey(TenantId.DEFAULT, "a day ago");
        kafka.send(new Samples(day).keyedRequest("a day ago", Lane.DEFAULT, "{}"));
        await().until(() -> store.job(keyed, Duration.ZERO).status() == 200);

        String from = "/store/jobs?created_from=" + day;
        assertEquals(
                List.of(ids.get(0), keyed),
                store.get(from + "&created_to=" + day.plusSeconds(60)).ids());
        String hours = from + "&created_to=" + day.plus(Duration.ofHours(2)).plusMillis(1);
        assertEquals(ids.reversed(), store.get(hours + "&limit=3").ids());
        assertEquals(
                List.of(keyed),
                store.get(hours + "&limit=3&after=" + ids.get(0)).ids());
        assertEquals(List.of(), store.get(hours + "&after=" + keyed).ids());
        assertEquals(
                List.of(ids.get(1)),
                store.get("/store/jobs?created_from=" + day.plusSeconds(60) + "&created_to="
                                + day.plus(Duration.ofHours(2)))
                        .ids());
        assertEquals("created_to", store.get(from + "&created_to=noon").field("error", "param"));
    }

    @Test
    void whatCameOfAJobIsHandedOutNoLongerWhenItIsDeletedButTheJobIsListed() throws Exception {
        JobId id = samples.id();
        kafka.send(samples.request(id, Lane.DEFAULT));
        kafka.send(samples.succeeded(id, "{\"choices\":[]}"));
        assertEquals(200, store.job(id, Duration.ofSeconds(30)).status());
        kafka.send(samples.resultDeleted(id));
        await().until(() -> store.job(id, Duration.ZERO).status() == 410);
        assertEquals("job_result_deleted", store.job(id, Duration.ZERO).field("error", "code"));
        assertEquals("job_result_deleted", store.get("/store/requests/" + id).field("error", "code"));
        assertEquals(404, store.get("/store/jobs/" + id + "?tenant=acme").status());
        assertTrue(store.get("/store/jobs?limit=100").ids().contains(id));
    }

    @Test
    void measuresItselfUnderTheContractsNames() throws Exception {
        String metrics = store.get("/metrics").text();
        assertTrue(metrics.contains("genapi_duplicate_results_total"), metrics);
        assertTrue(metrics.contains("genapi_store_transitions_total"), metrics);
        assertTrue(metrics.contains("kafka_stream_thread"), metrics);
        assertFalse(metrics.contains("task_id="), metrics);
    }
}
