package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.runtime.service.StartException;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {

    private static final int MAX_BODY = 100_000;

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;
    private static OpenAIClient openAi;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(
                data,
                Map.of(
                        "genapi.gateway.max-body-bytes", Integer.toString(MAX_BODY),
                        "genapi.gateway.wait-deadline", "5s",
                        "genapi.gateway.max-waiting-calls", "2",
                        "genapi.gateway.lookup-patience", "1s"));
        caller = new Caller(stack.gateway().port());
        openAi = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + stack.gateway().port() + "/v1")
                .apiKey("unused")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        openAi.close();
        caller.close();
        stack.close();
    }

    @Test
    void aBodyThatIsNoJson() throws Exception {
        assertError(caller.chat("{\"model\":"), 400, "invalid_json", "");
        assertError(caller.chat(""), 400, "invalid_json", "");
    }

    @Test
    void missingAndWrongFields() throws Exception {
        assertError(caller.chat("{\"messages\":[{}]}"), 400, "missing_required_parameter", "model");
        assertError(caller.chat("{\"model\":\"m\"}"), 400, "missing_required_parameter", "messages");
        assertError(caller.chat("{\"model\":7,\"messages\":[{}]}"), 400, "invalid_value", "model");
        assertError(caller.chat("{\"model\":\"m\",\"messages\":{}}"), 400, "invalid_value", "messages");
    }

    @Test
    void aStreamThatIsNeitherWantedNorNot() throws Exception {
        assertError(
                caller.chat("{\"model\":\"m\",\"messages\":[{}],\"stream\":\"yes\"}"), 400, "invalid_value", "stream");
    }

    @Test
    void aBodyOverTheLimitWithItsLengthAndWithout() throws Exception {
        byte[] large = body("m", "x".repeat(4_000_000)).getBytes(StandardCharsets.UTF_8);

        assertError(caller.chat(body("m", "x".repeat(MAX_BODY))), 413, "request_too_large", "");
        assertError(
                caller.request("/v1/chat/completions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                413,
                "request_too_large",
                "");
        assertError(caller.chat(body("m", "x".repeat(4_000_000))).expectContinue(true), 413, "request_too_large", "");
    }

    @Test
    void aBodyThatIsNotDeclaredAsPlainJson() throws Exception {
        HttpRequest.Builder bare = caller.request("/v1/chat/completions").POST(BodyPublishers.ofString("{}"));
        assertError(bare, 415, "unsupported_media_type", "Content-Type");
        assertError(bare.copy().header("Content-Type", "text/plain"), 415, "unsupported_media_type", "Content-Type");
        assertError(
                bare.copy().header("Content-Type", "application/x-www-form-urlencoded"),
                415,
                "unsupported_media_type",
                "Content-Type");
        assertError(
                bare.copy().header("Content-Type", "application/json; charset=utf-16"),
                415,
                "unsupported_media_type",
                "Content-Type");
        assertError(
                caller.chat("{}").header("Content-Encoding", "gzip"),
                415,
                "unsupported_content_encoding",
                "Content-Encoding");
    }

    @Test
    void anUnknownPathAndAWrongMethod() throws Exception {
        assertError(caller.request("/v1/completions"), 404, "unknown_url", "");
        String message = error(caller.get("/v1/x")).get("message").asString();
        assertTrue(message.startsWith("Unknown request URL: GET /v1/x. "), message);
        HttpResponse<String> wrongMethod =
                assertError(caller.request("/v1/chat/completions"), 405, "method_not_allowed", "");
        assertEquals("POST", header(wrongMethod, "Allow"));
        assertError(caller.request("/v1/jobs").DELETE(), 405, "method_not_allowed", "");
    }

    @Test
    void anUnknownJobOrModel() throws Exception {
        Awaitility.await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
        assertError(caller.request("/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz"), 404, "job_not_found", "id");
        assertError(caller.request("/v1/jobs/nonsense"), 404, "job_not_found", "id");
        assertError(caller.request("/v1/models/none"), 404, "model_not_found", "model");
    }

    @Test
    void aStoreThatCannotKnow() throws Exception {
        Awaitility.await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
        stack.store().beUnsure(Integer.MAX_VALUE);
        try {
            HttpResponse<String> response = assertError(
                    caller.request("/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz"), 503, "store_unavailable", "");
            assertEquals("1", header(response, "Retry-After"));
        } finally {
            stack.store().beUnsure(0);
        }
    }

    @Test
    void aSettingThatCannotBe() {
        StartException refused = assertThrows(
                StartException.class, () -> stack.startGateway(Map.of("genapi.gateway.publish-patience", "1s")));
        assertTrue(String.valueOf(refused.getMessage()).contains("genapi.gateway.publish-patience"));
    }

    @Test
    void anIdThatCannotTravel() throws Exception {
        assertError(caller.chat(body("m", "x")).header("X-Request-ID", "a b"), 400, "invalid_header", "X-Request-ID");
        assertError(
                caller.chat(body("m", "x")).header("X-Correlation-ID", "x".repeat(257)),
                400,
                "invalid_header",
                "X-Correlation-ID");
    }

    @Test
    void anOrderingKeyThatCannotTravel() throws Exception {
        for (String key : List.of("", "a b", "x".repeat(257))) {
            HttpResponse<String> response = assertError(
                    caller.chat(body("m", "x")).header("Genapi-Ordering-Key", key),
                    400,
                    "invalid_header",
                    "Genapi-Ordering-Key");
            assertTrue(error(response).get("message").asString().contains("'Genapi-Ordering-Key'"));
        }
        String notAscii =
                raw("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Genapi-Ordering-Key: \u00e9\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(body("m", "x").length(), body("m", "x")));
        assertTrue(notAscii.startsWith("HTTP/1.1 400"), notAscii);
        assertTrue(notAscii.contains("U+00E9"), notAscii);
    }

    @Test
    void aLaneThatIsNone() throws Exception {
        assertError(caller.chat(body("m", "x")).header("Genapi-Lane", "urgent"), 400, "invalid_header", "Genapi-Lane");
        assertError(
                caller.chat("{\"service_tier\":\"scale\"," + body("m", "x").substring(1)),
                400,
                "invalid_value",
                "service_tier");
        assertError(
                caller.chat("{\"service_tier\":1," + body("m", "x").substring(1)),
                400,
                "invalid_value",
                "service_tier");
    }

    @Test
    void aDeadlineThatCannotBe() throws Exception {
        for (String deadline : List.of("soon", "0", "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z")) {
            HttpResponse<String> response = assertError(
                    caller.chat(body("m", "x")).header("Genapi-Deadline", deadline),
                    400,
                    "invalid_header",
                    "Genapi-Deadline");
            assertTrue(error(response).get("message").asString().contains("'" + deadline + "'"), response.body());
        }
    }

    @Test
    void aVendorThatCannotBe() throws Exception {
        assertError(
                caller.request("/v1/chat/completions?vendor=%20")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body("m", "x"))),
                400,
                "invalid_value",
                "vendor");
    }

    @Test
    void aRequestLineThatTomcatRefuses() throws Exception {
        assertTrue(raw("GET /v1/{bad} HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .contains("\"type\":\"invalid_request_error\""));
        assertTrue(raw("GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n")
                .contains("\"type\":\"invalid_request_error\""));
    }

    @Test
    void aWaitThatEndsBeforeTheJobAndMoreWaitsThanAllowed() throws Exception {
        CompletableFuture<HttpResponse<String>> one = caller.sendAsync(caller.chat(body("held", "nonce-1")));
        CompletableFuture<HttpResponse<String>> two = caller.sendAsync(caller.chat(body("held", "nonce-2")));
        Awaitility.await().until(() -> stack.worker().held().size() >= 2);

        HttpResponse<String> third =
                assertError(caller.chat(body("held", "nonce-3")), 503, "too_many_waiting_calls", "");
        assertEquals("1", header(third, "Retry-After"));
        for (CompletableFuture<HttpResponse<String>> call : java.util.List.of(one, two)) {
            HttpResponse<String> response = call.join();
            assertEquals(504, response.statusCode());
            assertEquals("deadline_exceeded", error(response).get("code").asString());
            assertEquals("false", header(response, "x-should-retry"));
            assertEquals("/v1/jobs/" + header(response, "Genapi-Job-Id"), header(response, "Location"));
        }
    }

    @Test
    void theSdkRaisesItsTypedExceptions() {
        assertEquals(
                "nonce-sdk",
                openAi.chat()
                        .completions()
                        .create(chat("gpt-4o-mini", "say nonce-sdk"))
                        .choices()
                        .getFirst()
                        .message()
                        .content()
                        .orElse(""));
        BadRequestException badRequest = assertThrows(
                BadRequestException.class, () -> openAi.chat().completions().create(chat("", "x")));
        assertEquals("invalid_value", badRequest.code().orElse(""));
        NotFoundException notFound =
                assertThrows(NotFoundException.class, () -> openAi.models().retrieve("none"));
        assertEquals("model_not_found", notFound.code().orElse(""));
        OpenAIServiceException tooLarge = assertThrows(
                OpenAIServiceException.class,
                () -> openAi.chat().completions().create(chat("m", "x".repeat(MAX_BODY))));
        assertEquals(413, tooLarge.statusCode());
        assertEquals("request_too_large", tooLarge.code().orElse(""));
    }

    @Test
    void theSdkRaisesAServerErrorWhereTheDiskIsFull() {
        try (var full = stack.startGateway(Map.of(
                "genapi.gateway.disk.path", data.toString(), "genapi.gateway.disk.min-free", Long.MAX_VALUE + "B"))) {
            OpenAIClient client =
                    openAi.withOptions(options -> options.baseUrl("http://127.0.0.1:" + full.port() + "/v1"));
            InternalServerException refused = assertThrows(
                    InternalServerException.class,
                    () -> client.chat().completions().create(chat("gpt-4o-mini", "x")));
            assertEquals(503, refused.statusCode());
            assertEquals("disk_full", refused.code().orElse(""));
            assertTrue(String.valueOf(refused.getMessage()).contains(data.toString()));
        }
    }

    private static ChatCompletionCreateParams chat(String model, String message) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(message)
                .build();
    }

    private static HttpResponse<String> assertError(HttpRequest.Builder request, int status, String code, String param)
            throws Exception {
        HttpResponse<String> response = caller.send(request);
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(code, error(response).get("code").asString());
        assertEquals(param, error(response).path("param").asString(""));
        assertTrue(error(response).get("message").asString().length() > 10, response.body());
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertTrue(!header(response, "X-Request-ID").isEmpty());
        return response;
    }

    private static String raw(String request) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stack.gateway().port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
