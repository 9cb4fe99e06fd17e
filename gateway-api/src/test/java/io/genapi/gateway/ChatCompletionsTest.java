package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.content;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.HeaderNames;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.TopicNames;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCompletionsTest {

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(data, Map.of("genapi.gateway.lookup-patience", "2s"));
        caller = new Caller(stack.gateway().port());
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void aWaitingCallGetsItsCompletionWithTheIdsThatItGave() throws Exception {
        HttpResponse<String> response = caller.send(caller.chat(body("gpt-4o-mini", "nonce-1"))
                .header("X-Request-ID", "my-request")
                .header("X-Correlation-ID", "my-correlation"));

        assertEquals(200, response.statusCode(), response.body());
        assertEquals("nonce-1", content(response));
        assertEquals("my-request", header(response, "X-Request-ID"));
        assertEquals("my-correlation", header(response, "X-Correlation-ID"));
        assertEquals("simulator", header(response, "X-Vendor-Source"));
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("application/json", header(response, "Content-Type"));
        ConsumerRecord<byte[], byte[]> record = recordOf(header(response, "Genapi-Job-Id"));
        assertEquals(TopicNames.STANDARD.requests(Lane.PRIORITY), record.topic());
        assertEquals("wait", text(record, HeaderNames.PREFER));
        assertEquals("my-correlation", text(record, HeaderNames.CORRELATION_ID));
        assertEquals("my-request", text(record, HeaderNames.REQUEST_ID));
    }

    @Test
    void theBodyCrossesByteForByte() throws Exception {
        String body =
                "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"h\\u00e9 é\"} ],\n\t\"model\":\"gpt-4o\" , \"x\":1.0 }";
        HttpResponse<String> response = caller.send(caller.chat(body));

        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                body, new String(recordOf(header(response, "Genapi-Job-Id")).value(), StandardCharsets.UTF_8));
    }

    @Test
    void idsAreMintedWhereNoneAreGiven() throws Exception {
        HttpResponse<String> response = caller.send(caller.chat(body("gpt-4o-mini", "nonce-2")));

        assertFalse(header(response, "X-Request-ID").isEmpty());
        assertFalse(header(response, "X-Correlation-ID").isEmpty());
    }

    @Test
    void anAsyncCallGetsTheJobAndWhereToAskForIt() throws Exception {
        HttpResponse<String> response =
                caller.send(caller.chat(body("gpt-4o-mini", "nonce-3")).header("Prefer", "respond-async"));

        assertEquals(202, response.statusCode(), response.body());
        assertEquals("respond-async", header(response, "Preference-Applied"));
        assertEquals("1", header(response, "Retry-After"));
        String id = json(response).get("id").asString();
        assertEquals("/v1/jobs/" + id, header(response, "Location"));
        assertEquals("queued", json(response).get("status").asString());
        assertEquals("default", json(response).get("lane").asString());
        assertEquals("gpt-4o-mini", json(response).get("model").asString());
        ConsumerRecord<byte[], byte[]> record = recordOf(id);
        assertEquals(TopicNames.STANDARD.requests(Lane.DEFAULT), record.topic());
        assertEquals("respond-async", text(record, HeaderNames.PREFER));
        assertEquals(json(response).get("deadline").asString(), text(record, HeaderNames.DEADLINE));
    }

    @Test
    void aLaneIsNamedInTheBodyOrInTheHeaderAndTheBodyStaysAsItIs() throws Exception {
        String tiered = body("gpt-4o-mini", "nonce-l-1").replace("{\"model\"", "{\"service_tier\":\"flex\",\"model\"");

        assertLane(Lane.FLEX, tiered, caller.chat(tiered));
        assertLane(Lane.DEFAULT, tiered, caller.chat(tiered).header("Genapi-Lane", "default"));
        assertLane(Lane.PRIORITY, tiered, caller.chat(tiered).header("Genapi-Lane", "auto"));
        HttpResponse<String> async = caller.send(
                caller.chat(tiered).header("Prefer", "respond-async").header("Genapi-Lane", "priority"));
        assertEquals("priority", json(async).get("lane").asString());
        assertEquals(
                TopicNames.STANDARD.requests(Lane.PRIORITY),
                recordOf(json(async).get("id").asString()).topic());
    }

    private static void assertLane(Lane lane, String body, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = caller.send(request);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("nonce-l-1", content(response));
        ConsumerRecord<byte[], byte[]> record = recordOf(header(response, "Genapi-Job-Id"));
        assertEquals(TopicNames.STANDARD.requests(lane), record.topic());
        assertEquals("wait", text(record, HeaderNames.PREFER));
        assertEquals(body, new String(record.value(), StandardCharsets.UTF_8));
    }

    @Test
    void anAsyncCallThatWaitsALittleGetsTheAnswerThatComesInTime() throws Exception {
        HttpResponse<String> soon =
                caller.send(caller.chat(body("gpt-4o-mini", "nonce-4")).header("Prefer", "respond-async, wait=30"));
        HttpResponse<String> late =
                caller.send(caller.chat(body("held", "nonce-5")).header("Prefer", "respond-async; wait=9, wait=1"));

        assertEquals(200, soon.statusCode());
        assertEquals("nonce-4", content(soon));
        assertEquals(202, late.statusCode());
        assertEquals("respond-async, wait=1", header(late, "Preference-Applied"));
    }

    @Test
    void jobsOfOneOrderingKeyLieInOnePartitionAndTheirAnswersComeBack() throws Exception {
        int partition = JobPartitioner.partitionOf(new JobOrder(TenantId.DEFAULT, "order-4711"), Stack.PARTITIONS);
        for (int number = 0; number < 6; number++) {
            String prefer = number % 2 == 0 ? "wait=60" : "respond-async";
            HttpResponse<String> response = caller.send(caller.chat(body("gpt-4o-mini", "nonce-o-" + number))
                    .header("Genapi-Ordering-Key", "order-4711")
                    .header("Prefer", prefer));

            assertEquals(number % 2 == 0 ? 200 : 202, response.statusCode(), response.body());
            ConsumerRecord<byte[], byte[]> record = recordOf(header(response, "Genapi-Job-Id"));
            assertEquals(partition, record.partition());
            assertEquals("order-4711", text(record, HeaderNames.ORDERING_KEY));
            if (number % 2 == 0) {
                assertEquals("nonce-o-" + number, content(response));
            }
        }
    }

    @Test
    void twoHundredCallsAtOnceGetTheirOwnAnswers() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 200)
                .mapToObj(number -> caller.sendAsync(caller.chat(body("gpt-4o-mini", "nonce-many-" + number))))
                .toList();

        for (int number = 0; number < calls.size(); number++) {
            HttpResponse<String> response = calls.get(number).join();
            assertEquals(200, response.statusCode(), response.body());
            assertEquals("nonce-many-" + number, content(response));
        }
    }

    @Test
    void aFailureThatSomebodyPaidForIsNotToBeRetried() throws Exception {
        HttpResponse<String> paid = caller.send(caller.chat(body("failing", "nonce-6")));
        HttpResponse<String> free = caller.send(caller.chat(body("absent", "nonce-7")));

        assertEquals(429, paid.statusCode());
        assertEquals("rate_limited", error(paid).get("code").asString());
        assertEquals("false", header(paid, "x-should-retry"));
        assertEquals(404, free.statusCode());
        assertEquals("", header(free, "x-should-retry"));
    }

    @Test
    void theTraceOfTheCallGoesOnInTheRecord() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpResponse<String> response = caller.send(caller.chat(body("gpt-4o-mini", "nonce-8"))
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

        String traceparent = text(recordOf(header(response, "Genapi-Job-Id")), "traceparent");
        assertTrue(traceparent.contains(trace), traceparent);
        assertFalse(traceparent.contains("00f067aa0ba902b7"), traceparent);
    }

    @Test
    void theVendorCanBeChosen() throws Exception {
        HttpResponse<String> response = caller.send(caller.request("/v1/chat/completions?vendor=openai")
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body("gpt-4o-mini", "nonce-9"))));

        assertEquals(200, response.statusCode());
        assertEquals("openai", text(recordOf(header(response, "Genapi-Job-Id")), HeaderNames.VENDOR));
    }

    @Test
    void jobsAreToldAsTheStoreTellsThem() throws Exception {
        JobId id = JobId.firstOf(java.time.Instant.parse("2026-01-01T00:00:00Z"));
        String document = JobSamples.running(id).replaceFirst(",", " , ");
        stack.store().put(id.value(), document);
        stack.store().beUnsure(3);
        await().until(() -> caller.get("/v1/jobs/" + id).statusCode() == 200);

        HttpResponse<String> response = caller.get("/v1/jobs/" + id);
        assertEquals(document, response.body());
        assertEquals("1", header(response, "Retry-After"));

        String ended = JobSamples.succeeded(id, java.time.Instant.EPOCH);
        CompletableFuture<HttpResponse<String>> waiting =
                caller.sendAsync(caller.request("/v1/jobs/" + id).header("Prefer", "wait=100"));
        stack.store().put(id.value(), ended);
        assertEquals(ended, waiting.join().body());
        assertEquals("wait=60", header(waiting.join(), "Preference-Applied"));
        assertEquals("", header(waiting.join(), "Retry-After"));
    }

    @Test
    void jobsAreListedAsAsked() throws Exception {
        JobId after = JobId.firstOf(java.time.Instant.parse("2026-01-01T00:00:00Z"));
        await().until(() ->
                caller.get("/v1/jobs?limit=7&status=failed&after=" + after).statusCode() == 200);

        assertTrue(stack.store().questions().contains("/store/jobs?limit=7&after=" + after + "&status=failed"));
        assertEquals(400, caller.get("/v1/jobs?limit=101").statusCode());
        assertEquals(400, caller.get("/v1/jobs?created_after=yesterday").statusCode(), "created_after is no time");
        assertEquals(
                200,
                caller.get("/v1/jobs?created_after=2026-01-31T13:00:00%2B01:00&created_before=2026-02-01T00:00:00Z")
                        .statusCode());
        assertTrue(
                stack.store()
                        .questions()
                        .contains(
                                "/store/jobs?limit=20&created_from=2026-01-31T12:00:00.000000001Z&created_to=2026-02-01T00:00:00Z"));
        assertEquals("after", error(caller.get("/v1/jobs?after=x")).get("param").asString());
        assertEquals(
                "status", error(caller.get("/v1/jobs?status=x")).get("param").asString());
    }

    @Test
    void modelsAreListedWithoutAnyKey() throws Exception {
        HttpResponse<String> list = caller.get("/v1/models");

        assertEquals("list", json(list).get("object").asString());
        assertEquals("gpt-4o", json(list).at("/data/0/id").asString());
        assertEquals("openai", json(list).at("/data/0/owned_by").asString());
        assertEquals("o3", json(caller.get("/v1/models/o3")).get("id").asString());
        assertEquals(404, caller.get("/v1/models/some/other").statusCode());
    }

    @Test
    void healthTellsWhatIsMissing() throws Exception {
        await().until(() ->
                !json(caller.get("/health")).at("/details/stores").asString().equals("0"));
        HttpResponse<String> health = caller.get("/health");

        assertEquals(200, health.statusCode());
        assertEquals("degraded", json(health).get("status").asString());
        assertEquals("unhealthy", json(health).at("/services/workers").asString());
        assertEquals("healthy", json(health).at("/services/store").asString());
        assertEquals(
                Stack.PARTITIONS, json(health).at("/details/owned_partitions").asInt());
        assertEquals(200, caller.get("/health/ready").statusCode());
    }

    @Test
    void requestsAreMeasured() throws Exception {
        caller.send(caller.chat(body("gpt-4o-mini", "nonce-10")));
        caller.get("/v1/nothing");
        String metrics = caller.get("/metrics").body();

        assertTrue(
                metrics.contains(
                        "genapi_request_duration_seconds_count{endpoint=\"/v1/chat/completions\",method=\"POST\",status_code=\"200\"}"),
                metrics);
        assertTrue(metrics.contains("genapi_errors_total{component=\"gateway\",error_type=\"unknown_url\"}"), metrics);
        assertTrue(metrics.contains("genapi_active_requests"), metrics);
        assertTrue(metrics.contains("genapi_gateway_owned_partitions 4.0"), metrics);
        assertTrue(metrics.contains("genapi_gateway_waiting_calls"), metrics);
    }

    private static ConsumerRecord<byte[], byte[]> recordOf(String id) {
        return await().until(
                        () -> stack.worker().seen().stream()
                                .filter(record -> new String(record.key(), StandardCharsets.US_ASCII).equals(id))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
