package io.genapi.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.kafka.HeaderNames;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchesTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;
    private static Map<String, String> settings;

    @BeforeAll
    static void start() throws Exception {
        settings = Map.of("genapi.blob.directory", data.resolve("blobs").toString());
        stack = new Stack(data.resolve("kafka"), settings);
        caller = new Caller(stack.gateway().port());
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    private static String line(String id, String body) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                .formatted(id, body);
    }

    private static String lines(String beginning, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> line(beginning + i, Caller.body("gpt-4o-mini", "nonce-" + beginning + i)))
                .collect(Collectors.joining());
    }

    private static String upload(String content) throws Exception {
        return Caller.json(caller.send(FormUpload.of(caller, content, Map.of("purpose", "batch"))))
                .path("id")
                .asString();
    }

    private static HttpResponse<String> create(String file, String... headers) throws Exception {
        var request = caller.request("/v1/batches")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h",\
                        "metadata":{"night":"31"}}""".formatted(file)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return caller.send(request);
    }

    private static JsonNode ended(Caller asked, String id) {
        JsonNode[] last = new JsonNode[1];
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            HttpResponse<String> response = asked.get("/v1/batches/" + id);
            last[0] = Caller.json(response);
            return Set.of("completed", "failed", "cancelled", "expired")
                    .contains(last[0].path("status").asString());
        });
        return last[0];
    }

    private static Map<String, JsonNode> results(Caller asked, JsonNode batch, String file) throws Exception {
        Map<String, JsonNode> results = new HashMap<>();
        String id = batch.path(file).asString("");
        if (!id.isEmpty()) {
            for (String line : asked.get("/v1/files/" + id + "/content").body().split("\n", -1)) {
                if (!line.isEmpty()) {
                    JsonNode json = JSON.readTree(line);
                    assertTrue(results.put(json.path("custom_id").asString(), json) == null, line);
                }
            }
        }
        return results;
    }

    private static long requests(String key) {
        return stack.worker().seen().stream()
                .map(record -> record.headers().lastHeader(HeaderNames.IDEMPOTENCY_KEY))
                .filter(header -> header != null && new String(header.value(), StandardCharsets.UTF_8).startsWith(key))
                .count();
    }

    @Test
    void answersEveryRequestAndTellsThoseThatFailApart() throws Exception {
        String file = upload(lines("mixed-", 40)
                + line("none", "{\"model\":\"gpt-4o-mini\"}")
                + line("streamed", "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[{}]}"));
        HttpResponse<String> created = create(file);
        assertEquals(200, created.statusCode(), created::body);
        JsonNode asked = Caller.json(created);
        assertEquals("batch", asked.path("object").asString());
        assertEquals("validating", asked.path("status").asString());
        assertEquals("31", asked.at("/metadata/night").asString());

        JsonNode batch = ended(caller, asked.path("id").asString());

        assertEquals("completed", batch.path("status").asString(), batch::toString);
        assertEquals(42, batch.at("/request_counts/total").asInt());
        assertEquals(40, batch.at("/request_counts/completed").asInt());
        assertEquals(2, batch.at("/request_counts/failed").asInt());
        assertEquals("gpt-4o-mini", batch.path("model").asString());
        for (String time : new String[] {"in_progress_at", "finalizing_at", "completed_at", "expires_at"}) {
            assertTrue(batch.path(time).asLong() >= batch.path("created_at").asLong(), time);
        }
        Map<String, JsonNode> answers = results(caller, batch, "output_file_id");
        assertEquals(40, answers.size());
        answers.forEach((id, answer) -> assertEquals(
                "nonce-" + id,
                answer.at("/response/body/choices/0/message/content").asString()));
        Map<String, JsonNode> errors = results(caller, batch, "error_file_id");
        assertEquals(
                400,
                Objects.requireNonNull(errors.get("none"))
                        .at("/response/status_code")
                        .asInt());
        assertEquals(
                "stream",
                Objects.requireNonNull(errors.get("streamed"))
                        .at("/response/body/error/param")
                        .asString());
        assertEquals(40, requests(batch.path("id").asString() + "/"), "jobs");
        JsonNode output = Caller.json(
                caller.get("/v1/files/" + batch.path("output_file_id").asString()));
        assertEquals("batch_output", output.path("purpose").asString());
    }

    @Test
    void answersRequestsForResponsesThatCanBeAskedForThemselves() throws Exception {
        JsonNode before = Caller.json(caller.send(caller.request("/v1/responses")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"gpt-4o-mini\",\"input\":\"say nonce-before\"}"))));
        String previous = before.path("id").asString();
        String file = upload(responseLine("plain", "\"input\":\"say nonce-r1\",\"metadata\":{\"a\":\"b\"}")
                + responseLine("on", "\"input\":\"say nonce-r2\",\"previous_response_id\":\"%s\"".formatted(previous))
                + responseLine("lost", "\"input\":\"x\",\"previous_response_id\":\"resp_nonsense\"")
                + responseLine("streamed", "\"input\":\"x\",\"stream\":true")
                + responseLine("background", "\"input\":\"x\",\"background\":true")
                + responseLine("unsayable", "\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]"));
        HttpResponse<String> created = caller.send(caller.request("/v1/batches")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/responses\",\"completion_window\":\"24h\"}"
                                .formatted(file))));
        assertEquals(200, created.statusCode(), created::body);

        JsonNode batch = ended(caller, Caller.json(created).path("id").asString());
        assertEquals("completed", batch.path("status").asString(), batch::toString);
        assertEquals("/v1/responses", batch.path("endpoint").asString());

        Map<String, JsonNode> answers = results(caller, batch, "output_file_id");
        assertEquals(Set.of("plain", "on"), answers.keySet());
        JsonNode plain = Objects.requireNonNull(answers.get("plain")).at("/response/body");
        assertEquals("response", plain.path("object").asString(), plain::toString);
        assertEquals("completed", plain.path("status").asString());
        assertEquals("nonce-r1", plain.at("/output/0/content/0/text").asString());
        assertEquals("b", plain.at("/metadata/a").asString());
        String path = "/v1/responses/" + plain.path("id").asString();
        assertEquals(plain, Caller.json(caller.get(path)));
        JsonNode on = Objects.requireNonNull(answers.get("on")).at("/response/body");
        assertEquals(previous, on.path("previous_response_id").asString());
        JsonNode given =
                Caller.json(caller.get("/v1/responses/" + on.path("id").asString() + "/input_items?order=asc"));
        assertEquals("say nonce-before", given.at("/data/0/content/0/text").asString(), given::toString);
        assertEquals(3, given.path("data").size());

        Map<String, JsonNode> refused = results(caller, batch, "error_file_id");
        Map<String, String> why = Map.of(
                "lost", "previous_response_id",
                "streamed", "stream",
                "background", "background",
                "unsayable", "tools[0].type");
        assertEquals(why.keySet(), refused.keySet());
        why.forEach((line, field) -> {
            JsonNode response = Objects.requireNonNull(refused.get(line)).path("response");
            assertEquals(400, response.path("status_code").asInt(), response::toString);
            assertEquals(field, response.at("/body/error/param").asString(), response::toString);
        });
    }

    private static String responseLine(String id, String members) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":{\"model\":\"gpt-4o-mini\",%s}}\n"
                .formatted(id, members);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        JsonNode batch = ended(
                caller,
                Caller.json(create(upload(lines("bad-", 2) + "{\n"))).path("id").asString());

        assertEquals("failed", batch.path("status").asString());
        assertEquals("list", batch.at("/errors/object").asString());
        assertEquals("invalid_json_line", batch.at("/errors/data/0/code").asString());
        assertEquals(3, batch.at("/errors/data/0/line").asInt());
        assertEquals(0, requests(batch.path("id").asString()), "no request of it was made");
    }

    @Test
    void refusesWhatIsNoBatch() throws Exception {
        String file = upload(lines("refused-", 1));
        for (String wrong : new String[] {
            "{\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}",
            "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/embeddings\",\"completion_window\":\"24h\"}",
            "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"1h\"}",
            "{\"input_file_id\":\"file-abc\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}",
            "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\",\"metadata\":{\"a\":1}}",
            "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\",\"metadata\":{\"a\":\"\\ud800\"}}",
            "{\"input_file_id\":\"%s\",\"endpoint\":\"\\ud800\",\"completion_window\":\"24h\"}",
            "no json"
        }) {
            HttpResponse<String> response = caller.send(caller.request("/v1/batches")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(wrong.formatted(file))));
            assertEquals(400, response.statusCode(), () -> wrong + response.body());
        }
        assertEquals(404, caller.get("/v1/batches/batch_none").statusCode());
        assertEquals(
                404,
                caller.send(caller.request("/v1/batches/batch_none/cancel").POST(BodyPublishers.noBody()))
                        .statusCode());
    }

    @Test
    void makesOneBatchOfAKey() throws Exception {
        String file = upload(lines("keyed-", 3));
        JsonNode first = Caller.json(create(file, "Idempotency-Key", "batch-key"));
        JsonNode again = Caller.json(create(file, "Idempotency-Key", "batch-key"));
        HttpResponse<String> changed = create(upload(lines("keyed-", 4)), "Idempotency-Key", "batch-key");

        assertEquals(first.path("id"), again.path("id"));
        assertEquals(422, changed.statusCode());
        JsonNode batch = ended(caller, first.path("id").asString());
        assertEquals(3, requests(batch.path("id").asString() + "/"));
        HttpResponse<String> tooLate =
                caller.send(caller.request("/v1/batches/" + batch.path("id").asString() + "/cancel")
                        .POST(BodyPublishers.noBody()));
        assertEquals(409, tooLate.statusCode());
        assertTrue(tooLate.body().contains("completed"), tooLate::body);
        JsonNode page = Caller.json(caller.get("/v1/batches?limit=1"));
        assertEquals(1, page.path("data").size());
    }

    @Test
    void makesOneBatchOfARequestThatAnSdkSendsAgainByItself() throws Exception {
        String file = upload(lines("retried-", 1));
        JsonNode first = Caller.json(create(file, "X-Stainless-Retry-Count", "0"));
        JsonNode again = Caller.json(create(file, "X-Stainless-Retry-Count", "1"));
        JsonNode onPurpose = Caller.json(create(file));

        assertEquals(first.path("id"), again.path("id"));
        assertNotEquals(first.path("id"), onPurpose.path("id"));
    }

    @Test
    void isTakenOverByAnotherGatewayWithoutASecondRequest() throws Exception {
        RunningService first = stack.startGateway(settings);
        JsonNode batch;
        try (Caller there = new Caller(first.port())) {
            Awaitility.await().until(() -> there.get("/health/ready").statusCode() == 200);
            String held = IntStream.range(0, 20)
                    .mapToObj(i -> line(
                            "held-" + i,
                            Caller.body("gpt-4o-mini", "nonce-held-" + i + " \\\"held\\\"")
                                    .replace("\\\"held\\\"", "\",\"name\":\"held")))
                    .collect(Collectors.joining());
            int before = stack.worker().held().size();
            batch = Caller.json(create(upload(held)));
            Awaitility.await().until(() -> stack.worker().held().size() == before + 20);
            assertEquals(
                    409,
                    caller.send(caller.request("/v1/files/"
                                            + batch.path("input_file_id").asString())
                                    .DELETE())
                            .statusCode(),
                    "its file is in use");
        } finally {
            // Whichever gateway ran it: partitions move twice, and the batch with them.
            first.close();
        }
        stack.worker().release();

        JsonNode end = ended(caller, batch.path("id").asString());

        assertEquals("completed", end.path("status").asString(), end::toString);
        assertEquals(20, results(caller, end, "output_file_id").size());
        assertEquals(20, requests(batch.path("id").asString() + "/"), "each was submitted once");
    }
}
