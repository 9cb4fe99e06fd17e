package io.genapi.gateway;

import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.traffic.TrafficRecorder;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.openapi.ApiDocument;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API's document as the gateway serves it, and whether all that it tells of is so. */
class OpenApiTest {

    /** What they name is of one list or stream. */
    private static final Set<String> POSITIONS = Set.of("after", "starting_after", "Last-Event-ID");

    private static final String SAMPLE_FILE = "file-k3c9m2q7g5r8t4s6b1n0c5v8u2";

    private static final String SAMPLE_ENDPOINT = "we_4f1kg9qs7g0fuvatamf7t7ujj6";

    @TempDir
    static Path data;

    private static Stack stack;
    private static StreamingWorker worker;
    private static Caller caller;
    private static ApiDocument api;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(
                data.resolve("kafka"),
                Map.of(
                        "genapi.blob.directory",
                        data.resolve("blobs").toString(),
                        "genapi.webhook.allow-loopback",
                        "true"));
        worker = new StreamingWorker(stack.kafka().bootstrapServers());
        caller = new Caller(stack.gateway().port());
        api = new ApiDocument(json(caller.get("/openapi.json")));
        Awaitility.await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
        Awaitility.await().until(() -> caller.get("/v1/files").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        worker.close();
        stack.close();
    }

    @Test
    void isADocumentOfOpenApi() {
        assertEquals(List.of(), api.problems());
        assertEquals("development", api.json().at("/info/version").asString());
    }

    @Test
    void leavesOutWhatIsForOperatorsAlone() {
        assertTrue(api.json().at("/paths/~1catalog~1reload").isMissingNode());
        assertFalse(api.json().at("/paths/~1v1~1chat~1completions").isMissingNode());
    }

    @Test
    void isServedOnceToWhoKeepsIt() throws Exception {
        HttpResponse<String> first = caller.get("/openapi.json");
        assertEquals("application/json", header(first, "Content-Type"));
        assertEquals("max-age=300, public", header(first, "Cache-Control"));

        HttpResponse<String> again =
                caller.send(caller.request("/openapi.json").header("If-None-Match", header(first, "ETag")));
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    /** Each operation, with each example of a request; what comes back is held to the document by the recorder. */
    @Test
    void everythingThatIsToldOfIsSo() throws Exception {
        Map<String, String> ids = new HashMap<>();
        sendExamples("createWebhookEndpoint", ids);
        sendExamples("createFile", ids);
        sendExamples("createChatCompletion", ids);
        sendExamples("createResponse", ids);
        sendExamples("createBatch", ids);
        ids.put("model", "gpt-4o-mini");
        ids.put("failed", failedJob());
        ids.put("streamed", streamedJob());
        for (String operation : List.of(
                "listModels",
                "listJobs",
                "listFiles",
                "listBatches",
                "listWebhookEndpoints",
                "listWebhookEventTypes",
                "getHealth",
                "getLiveness",
                "getReadiness",
                "getMetrics",
                "getOpenApi")) {
            get(operation, "");
        }
        get("retrieveModel", "gpt-4o-mini");
        get("retrieveJob", ids.getOrDefault("job", ""));
        get("streamJob", ids.getOrDefault("streamed", ""));
        get("retrieveResponse", ids.getOrDefault("response", ""));
        get("listInputItems", ids.getOrDefault("response", ""));
        get("retrieveFile", ids.getOrDefault("file", ""));
        get("downloadFile", ids.getOrDefault("file", ""));
        get("retrieveBatch", ids.getOrDefault("batch", ""));
        get("retrieveWebhookEndpoint", ids.getOrDefault("endpoint", ""));
        sendExamples("updateWebhookEndpoint", ids);
        sendExamples("rotateWebhookSecret", ids);
        get("listWebhookDeliveries", ids.getOrDefault("endpoint", ""));
        String delivery = path(api.operation("listWebhookDeliveries"), ids.getOrDefault("endpoint", ""))
                + "/evt_4f1kg9qs7g0fuvatamf7t7ujj6";
        assertEquals(200, caller.send(caller.request(delivery)).statusCode());
        sendExamples("redeliverWebhooks", ids);
        sendExamples("testWebhookEndpoint", ids);
        caller.send(post("cancelJob", ids.getOrDefault("job", "")));
        caller.send(post("cancelResponse", ids.getOrDefault("background", "")));
        cancelBatch();
        sendExamples("redriveJob", ids);
        deleteResponse(ids.getOrDefault("response", ""));
        deleteFile(ids);
        assertEquals(
                200,
                caller.send(caller.request(
                                        path(api.operation("deleteWebhookEndpoint"), ids.getOrDefault("endpoint", "")))
                                .DELETE())
                        .statusCode());

        // An exchange is recorded when its answer is on its way already.
        Awaitility.await().untilAsserted(() -> assertEquals(Set.of(), notShown()));
    }

    /** The operations that no exchange has shown with their usual status. */
    private static Set<String> notShown() {
        Set<String> missing = new TreeSet<>();
        for (ApiDocument.Told operation : api.operations()) {
            missing.add(operation.id() + " " + operation.successes().getFirst());
        }
        missing.removeAll(stack.gateway().part(TrafficRecorder.class).seen());
        return missing;
    }

    /** With the headers and query parameters of the examples at the first of them. */
    private static void sendExamples(String id, Map<String, String> ids) throws Exception {
        ApiDocument.Told operation = api.operation(id);
        if (id.equals("createFile")) {
            String line = "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                    .formatted(Caller.body("gpt-4o-mini", "nonce-file"));
            HttpResponse<String> kept = caller.send(FormUpload.of(caller, line, Map.of("purpose", "batch")));
            ids.put("file", json(kept).path("id").asString());
            return;
        }
        for (Map.Entry<String, JsonNode> example : operation.requestExamples().entrySet()) {
            HttpResponse<String> plain =
                    caller.send(postJson(path(operation, thing(id, ids)), body(example.getValue(), ids)));
            assertTrue(plain.statusCode() < 300, id + "/" + example.getKey() + ": " + plain.body());
            note(id, example.getKey(), plain, ids);
        }
        JsonNode first = operation.requestExamples().values().iterator().next();
        HttpRequest.Builder full = postJson(path(operation, thing(id, ids)) + query(operation), body(first, ids));
        operation
                .parameters("header")
                .forEach((name, value) ->
                        full.header(name, value.replace(SAMPLE_ENDPOINT, ids.getOrDefault("endpoint", ""))));
        full.setHeader("Idempotency-Key", "key-of-" + id);
        HttpResponse<String> answer = caller.send(full);
        assertTrue(answer.statusCode() < 300, id + " with all headers: " + answer.body());
        note(id, "full", answer, ids);
    }

    private static String thing(String operation, Map<String, String> ids) {
        return ids.getOrDefault(operation.contains("Webhook") ? "endpoint" : "failed", "");
    }

    /** With files and receivers that there are. */
    private static String body(JsonNode example, Map<String, String> ids) {
        return example.toString()
                .replace(SAMPLE_FILE, ids.getOrDefault("file", ""))
                .replace("https://example.com", "http://127.0.0.1:9");
    }

    private static void note(String id, String example, HttpResponse<String> answer, Map<String, String> ids) {
        switch (id) {
            case "createChatCompletion" -> ids.put("job", header(answer, "Genapi-Job-Id"));
            case "createResponse" -> {
                if (example.equals("waiting")) {
                    ids.put("response", json(answer).path("id").asString());
                } else if (example.equals("background")) {
                    ids.put("background", json(answer).path("id").asString());
                }
            }
            case "createWebhookEndpoint" ->
                ids.put("endpoint", json(answer).path("id").asString());
            case "createBatch" -> ids.put("batch", json(answer).path("id").asString());
            default -> {
                // Nothing that others ask for.
            }
        }
    }

    private static String query(ApiDocument.Told operation) {
        return operation.parameters("query").entrySet().stream()
                .filter(parameter -> !POSITIONS.contains(parameter.getKey()))
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String path(ApiDocument.Told operation, String id) {
        return operation.path().replaceAll("\\{[^}]+}", id);
    }

    private static HttpRequest.Builder postJson(String path, String body) {
        return caller.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder post(String operation, String id) {
        return caller.request(path(api.operation(operation), id)).POST(BodyPublishers.noBody());
    }

    /** With the examples of its parameters, but those that say behind what of a list or stream to go on. */
    private static HttpResponse<String> get(String id, String thing) throws Exception {
        ApiDocument.Told operation = api.operation(id);
        HttpRequest.Builder request = caller.request(path(operation, thing) + query(operation));
        operation.parameters("header").forEach((name, value) -> {
            if (!POSITIONS.contains(name)) {
                request.header(name, value);
            }
        });
        HttpResponse<String> answer = caller.send(request);
        assertEquals(200, answer.statusCode(), () -> id + ": " + answer.body());
        return answer;
    }

    private static String failedJob() throws Exception {
        HttpResponse<String> failed = caller.send(caller.chat(Caller.body("failing", "nonce-failing")));
        assertEquals(429, failed.statusCode());
        return header(failed, "Genapi-Job-Id");
    }

    private static String streamedJob() throws Exception {
        CompletableFuture<HttpResponse<String>> streaming = caller.sendAsync(
                caller.chat(
                        "{\"model\":\"held\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"nonce-stream\"}]}"));
        Awaitility.await().until(() -> !stack.worker().held().isEmpty());
        JobRequest job = stack.worker().held().getFirst();
        RunId run = new RunId("00000001");
        worker.pieces(job, run, 0, 2);
        worker.succeed(job, run, 2);
        assertEquals(200, streaming.join().statusCode());
        stack.store().put(job.id().value(), JobSamples.succeeded(job.id(), Instant.now()));
        return job.id().value();
    }

    private static void cancelBatch() throws Exception {
        String line = "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                .formatted(Caller.body("held", "nonce-held"));
        String file = json(caller.send(FormUpload.of(caller, line, Map.of("purpose", "batch"))))
                .path("id")
                .asString();
        String batch = json(caller.send(postJson(
                        "/v1/batches",
                        "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
                                .formatted(file))))
                .path("id")
                .asString();
        assertEquals(200, caller.send(post("cancelBatch", batch)).statusCode());
    }

    private static void deleteResponse(String id) throws Exception {
        CompletableFuture<HttpResponse<String>> deleting = caller.sendAsync(
                caller.request(path(api.operation("deleteResponse"), id)).DELETE());
        String job = "job_" + id.substring("resp_".length());
        Awaitility.await().until(() -> {
            stack.store().forgetResult(job);
            return deleting.isDone();
        });
        assertEquals(200, deleting.join().statusCode());
    }

    private static void deleteFile(Map<String, String> ids) throws Exception {
        List<String> open = new ArrayList<>(List.of("validating", "in_progress", "finalizing"));
        Awaitility.await()
                .until(() -> !open.contains(json(get("retrieveBatch", ids.getOrDefault("batch", "")))
                        .path("status")
                        .asString()));
        String kept = json(caller.send(FormUpload.of(caller, "{}\n", Map.of("purpose", "batch"))))
                .path("id")
                .asString();
        assertEquals(
                200,
                caller.send(caller.request(path(api.operation("deleteFile"), kept))
                                .DELETE())
                        .statusCode());
    }
}
