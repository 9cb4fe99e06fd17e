package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.runtime.service.StartException;
import io.genapi.runtime.tenant.ApiKey;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TenantsTest {

    private static final ApiKey ACME = ApiKey.mint(new SecureRandom());
    private static final ApiKey OTHER = ApiKey.mint(new SecureRandom());
    private static final ApiKey OPERATOR = ApiKey.mint(new SecureRandom());
    private static final ApiKey UNKNOWN = ApiKey.mint(new SecureRandom());

    @TempDir
    static Path data;

    private static Path catalog;
    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        catalog = Files.writeString(data.resolve("genapi.yaml"), catalog());
        stack = new Stack(
                data.resolve("kafka"),
                Map.of(
                        "genapi.catalog",
                        catalog.toString(),
                        "genapi.blob.directory",
                        data.resolve("blobs").toString()));
        caller = new Caller(stack.gateway().port());
        Awaitility.await().until(() -> send("/v1/jobs", ACME).statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    private static String catalog() {
        return """
                vendors: { v: { base-url: 'http://127.0.0.1:1/v1' } }
                models: { gpt-4o: [{ vendor: v }], gpt-4o-mini: [{ vendor: v }], held: [{ vendor: v }], o3: [{ vendor: v }] }
                tenants:
                  acme: { keys: [{ name: a, sha256: '%s' }], models: ['gpt-4o*', held] }
                  other: { keys: [{ name: o, sha256: '%s' }] }
                  staff: { keys: [{ name: s, sha256: '%s' }], operator: true }
                """.formatted(
                ACME.hash().toHex(), OTHER.hash().toHex(), OPERATOR.hash().toHex());
    }

    @Test
    void withoutAKeyOrWithAWrongOneEveryEndpointIsA401() throws Exception {
        for (HttpRequest.Builder request : List.of(
                caller.request("/v1/models"),
                caller.request("/v1/models/gpt-4o"),
                caller.request("/v1/jobs"),
                caller.request("/v1/jobs/job_x"),
                caller.request("/v1/jobs/job_x/stream"),
                caller.request("/v1/jobs/job_x/cancel").POST(BodyPublishers.noBody()),
                caller.request("/v1/responses").POST(BodyPublishers.ofString("{}")),
                caller.request("/v1/responses/resp_x"),
                caller.request("/v1/responses/resp_x/cancel").POST(BodyPublishers.noBody()),
                caller.request("/v1/responses/resp_x").DELETE(),
                caller.request("/v1/files"),
                caller.request("/v1/files/file_x/content"),
                caller.request("/v1/batches").POST(BodyPublishers.ofString("{}")),
                caller.request("/v1/batches/batch_x"),
                caller.request("/v1/webhook_endpoints"),
                caller.request("/v1/webhook_endpoints/we_x"),
                caller.request("/v1/webhook_event_types"),
                caller.chat(body("gpt-4o", "nonce-1")),
                caller.request("/v1/nothing"),
                caller.request("/metrics"),
                caller.request("/health/../metrics"),
                caller.request("/catalog/reload").POST(BodyPublishers.noBody()),
                caller.request("/catalog/read").POST(BodyPublishers.noBody()))) {
            assertUnauthorized(caller.send(request.copy()), "Bearer");
            assertUnauthorized(caller.send(request.copy().header("Authorization", "Basic eDp5")), "Bearer");
            assertUnauthorized(caller.send(with(request.copy(), UNKNOWN)), "Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void probesAreEverybodysAndTheirDetailsOperators() throws Exception {
        assertEquals(200, caller.get("/health/live").statusCode());
        assertEquals(200, caller.get("/openapi.json").statusCode());
        assertEquals(200, caller.get("/health/ready").statusCode());
        assertTrue(json(caller.get("/health")).path("services").has("kafka"));
        assertFalse(json(caller.get("/health")).has("details"));
        assertFalse(json(send("/health", ACME)).has("details"));
        assertTrue(json(send("/health", OPERATOR)).has("details"));
        assertEquals(403, send("/metrics", ACME).statusCode());
        assertEquals(403, send("/metric%73", ACME).statusCode());
        assertEquals(
                "insufficient_permissions",
                error(send("/metrics", ACME)).path("code").asString());
        assertEquals(200, send("/metrics", OPERATOR).statusCode());
        assertEquals(
                200,
                caller.send(with(caller.request("/catalog/reload").POST(BodyPublishers.noBody()), OPERATOR))
                        .statusCode());
    }

    @Test
    void aTenantSeesTheModelsThatItMayHave() throws Exception {
        assertEquals(
                List.of("gpt-4o", "gpt-4o-mini", "held"),
                json(send("/v1/models", ACME))
                        .path("data")
                        .valueStream()
                        .map(model -> model.path("id").asString())
                        .toList());
        assertEquals(4, json(send("/v1/models", OTHER)).path("data").size());
        assertEquals(404, send("/v1/models/o3", ACME).statusCode());
        assertEquals(200, send("/v1/models/o3", OTHER).statusCode());
    }

    @Test
    void aModelThatATenantMayNotHaveIsA404AndNoJob() throws Exception {
        HttpResponse<String> response = caller.send(with(caller.chat(body("o3", "nonce-forbidden")), ACME));
        assertEquals(404, response.statusCode());
        assertEquals("model_not_found", error(response).path("code").asString());
        assertTrue(
                stack.worker().seen().stream().noneMatch(record -> text(record).contains("nonce-forbidden")));
    }

    @Test
    void theTenantGoesWithTheJobAndAnotherTenantsJobIsA404Everywhere() throws Exception {
        HttpResponse<String> answer = caller.send(with(caller.chat(body("gpt-4o", "nonce-mine")), ACME));
        assertEquals("nonce-mine", Caller.content(answer));
        ConsumerRecord<byte[], byte[]> record = stack.worker().seen().stream()
                .filter(seen -> text(seen).contains("nonce-mine"))
                .findFirst()
                .orElseThrow();
        assertEquals("acme", new String(record.headers().lastHeader("tenant").value(), StandardCharsets.UTF_8));
        String job = "/v1/jobs/" + header(answer, "Genapi-Job-Id");
        assertEquals(200, send(job, ACME).statusCode());
        for (HttpRequest.Builder request : List.of(
                caller.request(job),
                caller.request(job).header("Prefer", "wait=60"),
                caller.request(job + "/stream"),
                caller.request(job + "/cancel").POST(BodyPublishers.noBody()))) {
            HttpResponse<String> response = caller.send(with(request, OTHER));
            assertEquals(404, response.statusCode(), response.body());
            assertEquals("job_not_found", error(response).path("code").asString());
        }
        send("/v1/jobs", OTHER);
        assertTrue(stack.store().questions().getLast().endsWith("&tenant=other"));
    }

    @Test
    void anotherTenantsResponseIsA404WhateverIsAskedOfIt() throws Exception {
        String json = "{\"model\":\"held\",\"input\":\"nonce-my-response\",\"background\":true,\"stream\":true}";
        try (StreamReader mine = new StreamReader(with(
                caller.request("/v1/responses")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                ACME))) {
            Awaitility.await().until(() -> !mine.data().isEmpty());
            String response = "/v1/responses/resp_" + mine.job().value().substring(4);
            assertEquals(200, send(response, ACME).statusCode());
            for (HttpRequest.Builder request : List.of(
                    caller.request(response),
                    caller.request(response + "?stream=true"),
                    caller.request(response + "?stream=true&starting_after=0"),
                    caller.request(response + "/cancel").POST(BodyPublishers.noBody()),
                    caller.request(response).DELETE())) {
                assertEquals(404, caller.send(with(request, OTHER)).statusCode());
            }
            assertEquals(
                    "in_progress",
                    json(send(response, ACME)).path("status").asString(),
                    "it goes on as if nobody had asked");
        } finally {
            stack.worker().release();
        }
    }

    @Test
    void anotherTenantsFilesAndBatchesAreA404WhateverIsAskedOfThem() throws Exception {
        String line = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                .formatted(body("gpt-4o", "nonce-my-batch"));
        String file = json(caller.send(with(FormUpload.of(caller, line, Map.of("purpose", "batch")), ACME)))
                .path("id")
                .asString();
        HttpResponse<String> created = caller.send(with(batchOf(file), ACME));
        assertEquals(200, created.statusCode(), created::body);
        String batch = "/v1/batches/" + json(created).path("id").asString();

        for (HttpRequest.Builder request : List.of(
                caller.request("/v1/files/" + file),
                caller.request("/v1/files/" + file + "/content"),
                caller.request("/v1/files/" + file).DELETE(),
                caller.request(batch),
                caller.request(batch + "/cancel").POST(BodyPublishers.noBody()))) {
            assertEquals(404, caller.send(with(request, OTHER)).statusCode());
        }
        for (String list : List.of("/v1/files", "/v1/batches")) {
            assertEquals(0, json(send(list, OTHER)).path("data").size(), list);
            assertNotEquals(0, json(send(list, ACME)).path("data").size(), list);
        }
        Awaitility.await()
                .until(() -> json(send(batch, ACME)).path("status").asString().equals("completed"));
        String output = json(send(batch, ACME)).path("output_file_id").asString();
        assertEquals(200, send("/v1/files/" + output + "/content", ACME).statusCode());
        assertEquals(404, send("/v1/files/" + output + "/content", OTHER).statusCode());
        HttpResponse<String> ofAnothersFile = caller.send(with(batchOf(file), OTHER));
        assertEquals(400, ofAnothersFile.statusCode(), ofAnothersFile::body);
    }

    private static HttpRequest.Builder batchOf(String file) {
        return caller.request("/v1/batches")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h"}""".formatted(file)));
    }

    @Test
    void theOfficialSdkRaisesItsTypedErrors() {
        OpenAIClient stranger = sdk(UNKNOWN);
        OpenAIClient acme = sdk(ACME);
        try {
            UnauthorizedException refused = assertThrows(
                    UnauthorizedException.class, () -> stranger.models().list());
            assertEquals("invalid_api_key", refused.code().orElse(""));
            assertEquals(3, acme.models().list().data().size());
            assertThrows(
                    NotFoundException.class,
                    () -> acme.chat()
                            .completions()
                            .create(ChatCompletionCreateParams.builder()
                                    .model("o3")
                                    .addUserMessage("hi")
                                    .build()));
        } finally {
            stranger.close();
            acme.close();
        }
    }

    @Test
    void aKeyIsInNoLogLineWhateverIsLogged() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.genapi.gateway");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try {
            send("/v1/models", ACME);
            send("/v1/models", UNKNOWN);
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }
        String log = lines.list.stream()
                .map(line -> line.getFormattedMessage() + line.getKeyValuePairs())
                .collect(Collectors.joining());
        assertTrue(log.contains("tenant=\"acme\""), log);
        assertFalse(log.contains(ACME.text()) || log.contains(UNKNOWN.text()), log);
    }

    @Test
    void aGatewayThatIsOpenListensOnLoopbackAlone() {
        Map<String, String> open = Map.of("server.address", "0.0.0.0");
        StartException refused = assertThrows(StartException.class, () -> stack.startGateway(open));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("The gateway is to listen on 0.0.0.0, and tenants in ../config/genapi.yaml"
                                + " is empty"),
                refused.getMessage());
        stack.startGateway(Map.of("server.address", "0.0.0.0", "genapi.gateway.open", "true"))
                .close();
        stack.startGateway(Map.of("server.address", "0.0.0.0", "genapi.catalog", catalog.toString()))
                .close();
    }

    @Test
    void aGatewayThatOthersReachSendsNoWebhooksToItsOwnMachine() {
        Map<String, String> reached = Map.of(
                "server.address", "0.0.0.0",
                "genapi.gateway.open", "true",
                "genapi.webhook.allow-loopback", "true");
        StartException refused = assertThrows(StartException.class, () -> stack.startGateway(reached));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("genapi.webhook.allow-loopback is true"),
                refused.getMessage());
    }

    @Test
    void aKeyThatIsRevokedIsOfNoUseWithinSecondsAndNoEditOpensTheDoor() throws Exception {
        Path edited = Files.writeString(data.resolve("edited.yaml"), catalog());
        try (var gateway = stack.startGateway(Map.of("genapi.catalog", edited.toString()));
                Caller there = new Caller(gateway.port())) {
            assertEquals(
                    200, there.send(with(there.request("/v1/models"), ACME)).statusCode());
            Files.writeString(
                    edited,
                    catalog().replace(ACME.hash().toHex(), UNKNOWN.hash().toHex()));
            Awaitility.await()
                    .until(() ->
                            there.send(with(there.request("/v1/models"), ACME)).statusCode() == 401);
            assertEquals(
                    200, there.send(with(there.request("/v1/models"), UNKNOWN)).statusCode());
            Files.writeString(edited, catalog().substring(0, catalog().indexOf("tenants:")));
            HttpResponse<String> reload =
                    there.send(with(there.request("/catalog/read").POST(BodyPublishers.noBody()), OPERATOR));
            assertEquals("refused", json(reload).path("outcome").asString(), reload.body());
            assertEquals(401, there.get("/v1/models").statusCode());
        }
    }

    private static void assertUnauthorized(HttpResponse<String> response, String challenge) {
        assertEquals(401, response.statusCode(), () -> response.request().uri() + ": " + response.body());
        assertEquals("invalid_api_key", error(response).path("code").asString());
        assertEquals("invalid_request_error", error(response).path("type").asString());
        assertEquals(challenge, header(response, "WWW-Authenticate"));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, ApiKey key) {
        return request.header("Authorization", "Bearer " + key.text());
    }

    private static HttpResponse<String> send(String path, ApiKey key) throws Exception {
        return caller.send(with(caller.request(path), key));
    }

    private static OpenAIClient sdk(ApiKey key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + stack.gateway().port() + "/v1")
                .apiKey(key.text())
                .maxRetries(0)
                .build();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
