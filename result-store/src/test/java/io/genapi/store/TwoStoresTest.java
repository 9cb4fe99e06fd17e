package io.genapi.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.StoreClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two stores, each with a part of the table, of which either answers for both. */
class TwoStoresTest {

    @TempDir
    private static Path directory;

    private static StoreKafka kafka;
    private static RunningStore one;
    private static RunningStore other;

    private final Samples samples = new Samples(Instant.now());

    @BeforeAll
    static void start() {
        kafka = StoreKafka.start(directory);
        one = kafka.startStore("one");
        other = kafka.startStore("other");
        RunningStore.awaitShared(one, other);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        kafka.close();
    }

    @Test
    void bothStoresTellWhichRequestOfAKeyWasTheFirst() throws Exception {
        for (int number = 0; number < 10; number++) {
            String key = "key-" + number;
            String path = "/store/originals/" + JobId.ofKey(TenantId.DEFAULT, key);
            await().until(() -> one.client().get(path).status() == 404
                    && other.client().get(path).status() == 404);
            RecordMetadata first = kafka.send(samples.keyedRequest(key, Lane.PRIORITY, "{\"a\":1}"));
            await().until(() -> one.client().get(path).status() == 200
                    && other.client().get(path).status() == 200);
            kafka.send(samples.keyedRequest(key, Lane.FLEX, "{\"b\":2}"));
            for (RunningStore store : List.of(one, other)) {
                Answer answer = store.client().get(path);
                assertEquals(first.topic(), answer.field("topic"));
                assertEquals(Integer.toString(first.partition()), answer.field("partition"));
                assertEquals(Long.toString(first.offset()), answer.field("offset"));
                assertEquals(BodyDigest.of("{\"a\":1}".getBytes(UTF_8)).hex(), answer.field("body_sha256"));
            }
        }
        assertEquals(404, one.client().get("/store/originals/nonsense").status());
    }

    @Test
    void twoStoresAnswerForEachOther() throws Exception {
        for (int job = 0; job < 40; job++) {
            JobId id = samples.id();
            kafka.send(samples.request(id, Lane.PRIORITY));
            for (RunningStore store : List.of(one, other)) {
                assertEquals(200, store.client().job(id, Duration.ZERO).status());
                assertEquals(
                        404, store.client().job(samples.id(), Duration.ZERO).status());
            }
            Future<Answer> here = waiting(one, id);
            Future<Answer> there = waiting(other, id);
            await().until(() -> one.waiters() + other.waiters() == 2);
            kafka.send(samples.succeeded(id, "{\"choices\":[" + job + "]}"));
            for (Future<Answer> answer : List.of(here, there)) {
                assertEquals(
                        "{\"choices\":[" + job + "]}", new String(answer.get().slice("result"), UTF_8));
            }
        }
    }

    @Test
    void tellsOfManyJobsAtOnceHowFarTheyHaveComeWhicheverStoreHasThem() throws Exception {
        List<JobId> queued = new ArrayList<>();
        List<JobId> ended = new ArrayList<>();
        List<JobId> never = new ArrayList<>();
        for (int job = 0; job < 60; job++) {
            queued.add(samples.id());
            ended.add(samples.id());
            never.add(samples.id());
            kafka.send(samples.request(queued.getLast(), Lane.DEFAULT));
            kafka.send(samples.request(ended.getLast(), Lane.FLEX));
            kafka.send(samples.succeeded(ended.getLast(), "{}"));
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
    void listsJobsOfAllStoresNewestFirst() throws Exception {
        Instant soon = Instant.now().plusSeconds(600);
        List<JobId> ids = new ArrayList<>();
        for (int job = 0; job < 45; job++) {
            JobId id = samples.idAt(soon.plusMillis(job));
            ids.add(id);
            kafka.send(samples.request(id, Lane.FLEX));
            if (job % 9 == 0) {
                kafka.send(samples.failed(id, "{\"error\":{}}"));
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
        Instant before = Instant.now().minusSeconds(60);
        List<JobId> own = new ArrayList<>();
        for (int job = 0; job < 12; job++) {
            JobId id = samples.idAt(before.plusMillis(job));
            boolean acmes = job % 3 == 0;
            kafka.send(samples.request(id, new TenantId(acmes ? "acme & sons" : "other")));
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

    private static JsonNode standings(RunningStore store, List<JobId> jobs) {
        String ids = jobs.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        Answer answer = store.client().post("/store/standings?wait_ms=30000", ids);
        assertEquals(200, answer.status(), answer::text);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Future<Answer> waiting(RunningStore store, JobId id) {
        return CompletableFuture.supplyAsync(() -> store.client().job(id, Duration.ofSeconds(50)));
    }
}
