package io.genapi.gateway;

import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponsesTest {

    private static final RunId RUN = new RunId("00000001");

    @TempDir
    static Path data;

    private static Stack stack;
    private static StreamingWorker worker;
    private static Caller caller;

    private final List<StreamReader> readers = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(data, Map.of("genapi.gateway.lookup-patience", "1s", "genapi.gateway.safety-net", "2s"));
        worker = new StreamingWorker(stack.kafka().bootstrapServers());
        caller = new Caller(stack.gateway().port());
        await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        worker.close();
        stack.close();
    }

    @AfterEach
    void close() {
        readers.forEach(StreamReader::close);
    }

    @Test
    void answersWithAResponseAndGivesItOutAgain() throws Exception {
        HttpResponse<String> created = caller.send(
                ask("gpt-4o-mini", "nonce-plain", ",\"instructions\":\"be short\",\"metadata\":{\"a\":\"b\"}"));

        assertEquals(200, created.statusCode(), created.body());
        JsonNode response = json(created);
        assertEquals("response", response.path("object").asString());
        assertEquals("completed", response.path("status").asString());
        assertEquals("be short", response.path("instructions").asString());
        assertEquals("b", response.at("/metadata/a").asString());
        assertEquals("nonce-plain", response.at("/output/0/content/0/text").asString());
        assertTrue(
                response.path("completed_at").asLong()
                        >= response.path("created_at").asLong(),
                response::toString);
        assertEquals(3, response.at("/usage/total_tokens").asInt());
        assertEquals(
                id(created).value().substring(4), response.path("id").asString().substring(5));
        JobRequest job = seen("nonce-plain");
        assertEquals(Lane.PRIORITY, job.lane());
        assertTrue(job.awaited());

        HttpResponse<String> again =
                caller.get("/v1/responses/" + response.path("id").asString());
        assertEquals(response, json(again));
    }

    @Test
    void aFailureIsAnErrorWithItsOwnStatus() throws Exception {
        HttpResponse<String> failed = caller.send(ask("failing", "nonce-f", ""));
        assertEquals(429, failed.statusCode());
        assertEquals("rate_limited", error(failed).path("code").asString());
        assertEquals("tools[0].type", param(ask("m", "x", ",\"tools\":[{\"type\":\"web_search\"}]")));
        assertEquals(
                "model",
                param(caller.request("/v1/responses")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"input\":\"x\"}"))));
    }

    @Test
    void goesOnFromAnEarlierResponse() throws Exception {
        JsonNode first = json(caller.send(ask("gpt-4o-mini", "nonce-one", ",\"instructions\":\"be short\"")));
        JsonNode second = json(caller.send(ask(
                "gpt-4o-mini",
                "nonce-two",
                ",\"previous_response_id\":\"%s\"".formatted(first.path("id").asString()))));

        assertEquals("completed", second.path("status").asString(), second::toString);
        assertEquals(first.path("id"), second.path("previous_response_id"));
        assertEquals(
                JsonMapper.shared().readTree("""
                        [{"role":"user","content":"say nonce-one"},{"role":"assistant","content":"nonce-one"},
                         {"role":"user","content":"say nonce-two"}]"""),
                JsonMapper.shared().readTree(seen("nonce-two").body()).path("messages"));

        String input = "/v1/responses/" + second.path("id").asString() + "/input_items";
        JsonNode given = json(caller.get(input + "?order=asc"));
        assertEquals(
                List.of("say nonce-one", "nonce-one", "say nonce-two"),
                given.path("data")
                        .valueStream()
                        .map(item -> item.at("/content/0/text").asString())
                        .toList(),
                given::toString);
        assertEquals(given.at("/data/0/id"), given.path("first_id"));
        assertFalse(given.path("has_more").asBoolean(true));
        JsonNode last = json(caller.get(input + "?limit=1"));
        assertEquals(given.at("/data/2"), last.at("/data/0"));
        assertTrue(last.path("has_more").asBoolean());
        JsonNode rest = json(caller.get(input + "?after=" + last.path("last_id").asString()));
        assertEquals(given.at("/data/1"), rest.at("/data/0"));
        assertEquals(400, caller.get(input + "?after=msg_nonsense").statusCode());
        assertEquals(404, caller.get("/v1/responses/resp_nonsense/input_items").statusCode());

        for (String unknown : List.of(
                "resp_nonsense", "resp_" + JobId.firstOf(Instant.EPOCH).value().substring(4))) {
            HttpResponse<String> refused = caller.send(ask("m", "x", ",\"previous_response_id\":\"" + unknown + "\""));
            assertEquals(400, refused.statusCode());
            assertEquals(
                    "previous_response_not_found", error(refused).path("code").asString());
        }
    }

    @Test
    void whatRunsInTheBackgroundIsQueuedPolledAndDone() throws Exception {
        HttpResponse<String> created = caller.send(ask("held", "nonce-background", ",\"background\":true"));
        assertEquals(200, created.statusCode(), created.body());
        assertEquals("queued", json(created).path("status").asString());
        assertTrue(json(created).path("background").asBoolean());
        JobRequest job = held("nonce-background");
        assertEquals(Lane.DEFAULT, job.lane());
        assertFalse(job.awaited());

        String path = "/v1/responses/" + json(created).path("id").asString();
        assertEquals("in_progress", json(caller.get(path)).path("status").asString());
        stack.worker().release();
        await().until(() -> json(caller.get(path)).path("status").asString().equals("completed"));
        assertEquals(
                "nonce-background",
                json(caller.get(path)).at("/output/0/content/0/text").asString());
    }

    @Test
    void whoAsksInHttpsWordsGetsHttpsAnswer() throws Exception {
        HttpResponse<String> created =
                caller.send(ask("gpt-4o-mini", "nonce-prefer", "").header("Prefer", "respond-async"));
        assertEquals(202, created.statusCode());
        assertEquals("respond-async", header(created, "Preference-Applied"));
        assertEquals("/v1/responses/" + json(created).path("id").asString(), header(created, "Location"));
        assertEquals("store", param(ask("gpt-4o-mini", "x", ",\"store\":false").header("Prefer", "respond-async")));
    }

    @Test
    void streamsEventsAndGivesTheRestOfThemToWhoComesBack() throws Exception {
        StreamReader reader = read(ask("held", "nonce-stream", ",\"stream\":true"));
        JobRequest job = held("nonce-stream");
        worker.piece(job, RUN, 0, false, chunk("Hel"));
        worker.piece(job, RUN, 1, false, chunk("lo"));
        await().until(() -> reader.data().size() == 6);
        worker.piece(job, RUN, 2, true, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        worker.succeed(job, RUN, 3);

        List<String> all = reader.allLines();
        assertEquals("event: response.created", all.getFirst());
        assertEquals("event: response.completed", all.get(all.size() - 2));
        List<String> told = reader.allData();
        assertEquals(10, told.size());
        assertTrue(told.getLast().contains("\"text\":\"Hello\""), told::getLast);

        ended(job);
        String path = "/v1/responses/resp_" + job.id().value().substring(4) + "?stream=true";
        assertEquals(told, read(caller.request(path)).allData());
        for (int after : new int[] {0, 4, 8}) {
            assertEquals(
                    told.subList(after + 1, told.size()),
                    read(caller.request(path + "&starting_after=" + after)).allData());
        }
        assertEquals(List.of(), read(caller.request(path + "&starting_after=9")).allData());
        List<String> beyond = read(caller.request(path + "&starting_after=10")).allData();
        assertTrue(beyond.getLast().contains("stream_interrupted"), "an answer with such an event was another one");
    }

    @Test
    void aStreamInTheBackgroundOutlivesItsReader() throws Exception {
        StreamReader reader = read(ask("held", "nonce-bg-stream", ",\"stream\":true,\"background\":true"));
        JobRequest job = held("nonce-bg-stream");
        await().until(() -> reader.data().size() == 2);
        assertEquals("event: response.queued", reader.lines().get(2));
        worker.piece(job, RUN, 0, false, chunk("Hel"));
        await().until(() -> reader.data().size() == 6);
        reader.close();
        worker.piece(job, RUN, 1, true, chunk("lo"));
        worker.succeed(job, RUN, 2);
        ended(job);

        List<String> rest = read(caller.request(
                        "/v1/responses/resp_" + job.id().value().substring(4) + "?stream=true&starting_after=5"))
                .allData();
        assertTrue(rest.getFirst().contains("\"delta\":\"lo\""), rest::toString);
        assertTrue(rest.getLast().contains("\"type\":\"response.completed\""), rest::toString);
    }

    @Test
    void whoComesBackForTheRestOfAnotherAnswerIsToldSo() throws Exception {
        StreamReader reader = read(ask("held", "nonce-rerun", ",\"stream\":true,\"background\":true"));
        JobRequest job = held("nonce-rerun");
        worker.piece(job, RUN, 0, false, chunk("Hel"));
        await().until(() -> reader.data().size() == 6);
        reader.close();
        RunId again = new RunId("00000002");
        worker.piece(job, again, 0, false, chunk("Good"));
        worker.piece(job, again, 1, true, chunk("bye"));
        worker.succeed(job, again, 2);
        ended(job);

        String path = "/v1/responses/resp_" + job.id().value().substring(4) + "?stream=true";
        for (int after : new int[] {5, 99}) {
            HttpResponse<String> rest = caller.send(caller.request(path + "&starting_after=" + after));
            assertEquals(409, rest.statusCode(), rest::body);
            assertTrue(rest.body().contains("stream_interrupted"), rest::body);
        }
        assertTrue(read(caller.request(path)).allData().getLast().contains("Goodbye"));
    }

    @Test
    void aFailureInMidStreamIsTheLastEvent() throws Exception {
        StreamReader reader = read(ask("held", "nonce-broken", ",\"stream\":true"));
        JobRequest job = held("nonce-broken");
        worker.piece(job, RUN, 0, false, chunk("Hel"));
        worker.fail(job, Optional.of(new PublishedRun(RUN, 1)));

        String last = reader.allData().getLast();
        assertTrue(last.contains("\"type\":\"response.failed\""), last);
        assertTrue(last.contains("\"code\":\"stream_interrupted\""), last);
        assertEquals(
                429,
                caller.send(ask("failing", "nonce-early", ",\"stream\":true")).statusCode());
    }

    @Test
    void anAnswerInOnePieceIsToldAsEvents() throws Exception {
        List<String> told =
                read(ask("gpt-4o-mini", "nonce-whole", ",\"stream\":true")).allData();
        assertTrue(told.getLast().contains("\"text\":\"nonce-whole\""), told::toString);
        assertTrue(told.getLast().contains("\"total_tokens\":3"), told::toString);
    }

    @Test
    void whatIsNoResponseOrNotKeptIsNotFound() throws Exception {
        HttpResponse<String> chat = caller.send(caller.chat(Caller.body("gpt-4o-mini", "nonce-chat")));
        HttpResponse<String> unkept = caller.send(ask("gpt-4o-mini", "nonce-unkept", ",\"store\":false"));
        assertEquals(200, unkept.statusCode());
        assertFalse(json(unkept).path("store").asBoolean(true));
        for (String id : List.of(
                "resp_" + id(chat).value().substring(4), json(unkept).path("id").asString(), "resp_x", "chatcmpl-1")) {
            HttpResponse<String> missing = caller.get("/v1/responses/" + id);
            assertEquals(404, missing.statusCode(), id);
            assertEquals("response_not_found", error(missing).path("code").asString());
            assertEquals(404, caller.send(cancel(id)).statusCode(), id);
            assertEquals(404, caller.send(delete(id)).statusCode(), id);
        }
    }

    @Test
    void onlyWhatRunsInTheBackgroundCanBeCancelled() throws Exception {
        String waited = json(caller.send(ask("gpt-4o-mini", "nonce-sync", "")))
                .path("id")
                .asString();
        assertEquals(400, caller.send(cancel(waited)).statusCode());

        String done = json(caller.send(ask("gpt-4o-mini", "nonce-bg", ",\"background\":true")))
                .path("id")
                .asString();
        await().until(() -> json(caller.get("/v1/responses/" + done))
                .path("status")
                .asString("")
                .equals("completed"));
        assertEquals("completed", json(caller.send(cancel(done))).path("status").asString());

        JsonNode open = json(caller.send(ask("held", "nonce-cancelled", ",\"background\":true")));
        JobRequest job = held("nonce-cancelled");
        HttpResponse<String> cancelled = caller.send(cancel(open.path("id").asString()));
        assertEquals(200, cancelled.statusCode());
        await().until(() -> stack.cancelled().contains(job.id()));
    }

    @Test
    void aDeletionIsDurableAndDoneWhenTheStoreHasHeardOfIt() throws Exception {
        HttpResponse<String> created = caller.send(ask("gpt-4o-mini", "nonce-deleted", ""));
        String id = json(created).path("id").asString();

        CompletableFuture<HttpResponse<String>> deleting = caller.sendAsync(delete(id));
        await().until(() -> deleted().contains(id(created)));
        stack.store().forgetResult(id(created).value());

        assertEquals(
                JsonMapper.shared().readTree("{\"id\":\"%s\",\"object\":\"response\",\"deleted\":true}".formatted(id)),
                json(deleting.join()));
        assertEquals(404, caller.get("/v1/responses/" + id).statusCode());
        assertEquals(404, caller.send(delete(id)).statusCode());
    }

    @Test
    void oddParametersAreNamed() throws Exception {
        String id = json(caller.send(ask("gpt-4o-mini", "nonce-odd", "")))
                .path("id")
                .asString();
        for (Map.Entry<String, String> odd : Map.of(
                        "stream=maybe", "stream",
                        "stream=true", "stream",
                        "starting_after=3", "starting_after",
                        "stream=true&starting_after=x", "starting_after")
                .entrySet()) {
            HttpResponse<String> refused = caller.get("/v1/responses/" + id + "?" + odd.getKey());
            assertEquals(400, refused.statusCode(), odd.getKey());
            assertEquals(odd.getValue(), error(refused).path("param").asString());
        }
    }

    @Test
    void oneIdempotencyKeyIsOneResponse() throws Exception {
        HttpResponse<String> first = caller.send(ask("gpt-4o-mini", "nonce-keyed", ",\"metadata\":{\"try\":\"1\"}")
                .header("Idempotency-Key", "resp-1"));
        HttpResponse<String> second = caller.send(ask("gpt-4o-mini", "nonce-keyed", ",\"metadata\":{\"try\":\"1\"}")
                .header("Idempotency-Key", "resp-1"));
        assertEquals(json(first), json(second));
        assertEquals(
                422,
                caller.send(ask("gpt-4o-mini", "nonce-keyed", ",\"metadata\":{\"try\":\"2\"}")
                                .header("Idempotency-Key", "resp-1"))
                        .statusCode(),
                "what the answer repeats is part of the request");
        assertEquals(
                422,
                caller.send(ask("gpt-4o-mini", "nonce-other", "").header("Idempotency-Key", "resp-1"))
                        .statusCode());
    }

    private static HttpRequest.Builder ask(String model, String nonce, String members) {
        return caller.request("/v1/responses")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"%s\",\"input\":\"say %s\"%s}".formatted(model, nonce, members)));
    }

    private static HttpRequest.Builder cancel(String id) {
        return caller.request("/v1/responses/" + id + "/cancel").POST(HttpRequest.BodyPublishers.noBody());
    }

    private static HttpRequest.Builder delete(String id) {
        return caller.request("/v1/responses/" + id).DELETE();
    }

    private static String param(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> refused = caller.send(request);
        assertEquals(400, refused.statusCode(), refused.body());
        return error(refused).path("param").asString();
    }

    private StreamReader read(HttpRequest.Builder request) {
        StreamReader reader = new StreamReader(request);
        readers.add(reader);
        return reader;
    }

    private static JobId id(HttpResponse<String> response) {
        return new JobId(header(response, "Genapi-Job-Id"));
    }

    private static JobRequest seen(String nonce) {
        return stack.worker().seen().stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains("say " + nonce))
                .map(record -> new RequestRecords(TopicNames.STANDARD).read(record))
                .flatMap(reading -> reading instanceof RequestReading.Accepted(var request)
                        ? Stream.of(request)
                        : Stream.<JobRequest>empty())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static JobRequest held(String nonce) {
        return await().until(
                        () -> stack.worker().held().stream()
                                .filter(request -> new String(request.body(), StandardCharsets.UTF_8).contains(nonce))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    private static void ended(JobRequest job) {
        stack.store().put(job.id().value(), JobSamples.succeeded(job.id(), Instant.now()));
    }

    private static String chunk(String text) {
        return "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}"
                .formatted(text);
    }

    private static List<JobId> deleted() {
        List<TopicPartition> events = IntStream.range(0, Stack.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TopicNames.STANDARD.events(), partition))
                .toList();
        List<JobId> told = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(events);
            Map<TopicPartition, Long> ends = consumer.endOffsets(events);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> EventRecords.read(record)
                                .filter(event -> event.kind() == JobEvent.Kind.RESULT_DELETED)
                                .ifPresent(event -> told.add(event.id())));
            }
        }
        return told;
    }
}
