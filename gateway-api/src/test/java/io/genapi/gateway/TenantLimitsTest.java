package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.runtime.tenant.ApiKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantLimitsTest {

    private static final ApiKey MINUTE = ApiKey.mint(new SecureRandom());
    private static final ApiKey FLIGHT = ApiKey.mint(new SecureRandom());
    private static final ApiKey KEYED = ApiKey.mint(new SecureRandom());
    private static final ApiKey DAY = ApiKey.mint(new SecureRandom());

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        Path catalog = Files.writeString(data.resolve("genapi.yaml"), """
                vendors: { v: { base-url: 'http://127.0.0.1:1/v1' } }
                models: { gpt-4o: [{ vendor: v }], held: [{ vendor: v }] }
                tenants:
                  minute: { keys: [{ name: k, sha256: '%s' }], requests-per-minute: 3 }
                  flight: { keys: [{ name: k, sha256: '%s' }], jobs-in-flight: 2 }
                  day: { keys: [{ name: k, sha256: '%s' }], tokens-per-day: 1000 }
                  keyed: { keys: [{ name: k, sha256: '%s' }], jobs-in-flight: 1, tokens-per-day: 1000 }
                """.formatted(
                        MINUTE.hash().toHex(),
                        FLIGHT.hash().toHex(),
                        DAY.hash().toHex(),
                        KEYED.hash().toHex()));
        stack = new Stack(
                data.resolve("kafka"),
                Map.of("genapi.catalog", catalog.toString(), "genapi.gateway.max-waiting-reads", "1"));
        caller = new Caller(stack.gateway().port());
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void requestsOfAMinuteAreCountedDownAndThenRefused() throws Exception {
        for (int left = 2; left >= 0; left--) {
            HttpResponse<String> answer = ask(MINUTE, "gpt-4o");
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("3", header(answer, "x-ratelimit-limit-requests"));
            assertEquals(Integer.toString(left), header(answer, "x-ratelimit-remaining-requests"));
            assertTrue(header(answer, "x-ratelimit-reset-requests").matches("([0-9.]+|1m0)s"));
        }
        HttpResponse<String> refused = ask(MINUTE, "gpt-4o");
        assertEquals(429, refused.statusCode());
        assertEquals("rate_limit_exceeded", error(refused).path("code").asString());
        assertEquals("requests", error(refused).path("type").asString());
        assertTrue(Integer.parseInt(header(refused, "Retry-After")) <= 20);
        assertEquals("0", header(refused, "x-ratelimit-remaining-requests"));
        OpenAIClient sdk = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + stack.gateway().port() + "/v1")
                .apiKey(MINUTE.text())
                .maxRetries(0)
                .build();
        try {
            assertThrows(
                    RateLimitException.class,
                    () -> sdk.chat()
                            .completions()
                            .create(ChatCompletionCreateParams.builder()
                                    .model("gpt-4o")
                                    .addUserMessage("hi")
                                    .build()));
        } finally {
            sdk.close();
        }
    }

    @Test
    void jobsInFlightAreRefusedUntilSomeHaveEnded() throws Exception {
        awaitTold();
        CompletableFuture<HttpResponse<String>> first = caller.sendAsync(with(body("held", "nonce-1"), FLIGHT));
        CompletableFuture<HttpResponse<String>> second = caller.sendAsync(with(body("held", "nonce-2"), FLIGHT));
        Awaitility.await().until(() -> stack.worker().held().size() == 2);
        stack.store().putTenants("{\"flight\":{\"open\":2,\"tokens\":0}}");
        HttpResponse<String> refused = ask(FLIGHT, "gpt-4o");
        assertEquals(429, refused.statusCode());
        assertEquals("rate_limit_exceeded", error(refused).path("code").asString());
        assertEquals("1", header(refused, "Retry-After"));
        stack.store().putTenants("{}");
        stack.worker().release();
        assertEquals(200, first.join().statusCode());
        assertEquals(200, second.join().statusCode());
        Awaitility.await().until(() -> ask(FLIGHT, "gpt-4o").statusCode() == 200);
    }

    @Test
    void tokensOfADayAreToldAndRefusedWhenTheyAreSpent() throws Exception {
        awaitTold();
        HttpResponse<String> answer = ask(DAY, "gpt-4o");
        assertEquals("1000", header(answer, "x-ratelimit-limit-tokens"));
        assertEquals("1000", header(answer, "x-ratelimit-remaining-tokens"));
        stack.store().putTenants("{\"day\":{\"open\":0,\"tokens\":1000}}");
        Awaitility.await().until(() -> ask(DAY, "gpt-4o").statusCode() == 429);
        HttpResponse<String> refused = ask(DAY, "gpt-4o");
        assertEquals("insufficient_quota", error(refused).path("code").asString());
        assertEquals("insufficient_quota", error(refused).path("type").asString());
        assertEquals("false", header(refused, "x-should-retry"));
        assertEquals("0", header(refused, "x-ratelimit-remaining-tokens"));
        stack.store().putTenants("{}");
    }

    @Test
    void whoHasReachedALimitStillGetsTheJobsThatItHas() throws Exception {
        awaitTold();
        HttpRequest.Builder keyed = with(body("gpt-4o", "nonce-keyed"), KEYED).header("Idempotency-Key", "mine");
        assertEquals(200, caller.send(keyed).statusCode());
        stack.store().putTenants("{\"keyed\":{\"open\":1,\"tokens\":1000}}");
        Awaitility.await().until(() -> ask(KEYED, "gpt-4o").statusCode() == 429);
        HttpResponse<String> again = caller.send(keyed);
        assertEquals(200, again.statusCode(), again.body());
        assertEquals("nonce-keyed", Caller.content(again));
        stack.store().putTenants("{}");
    }

    @Test
    void pollsThatWaitAndStreamsAreSoManyAtOnceForEachTenant() throws Exception {
        awaitTold();
        String job = "/v1/jobs/job_01jzzzzzzzzzzzzzzzzzzzzzzz";
        stack.store().beUnsure(Integer.MAX_VALUE);
        try {
            CompletableFuture<HttpResponse<String>> waiting =
                    caller.sendAsync(as(DAY, caller.request(job).header("Prefer", "wait=30")));
            Awaitility.await()
                    .until(() -> stack.store().questions().stream().anyMatch(asked -> asked.contains("wait_ms")));
            HttpResponse<String> refused =
                    caller.send(as(DAY, caller.request(job).header("Prefer", "wait=30")));
            assertEquals(429, refused.statusCode());
            assertEquals("rate_limit_exceeded", error(refused).path("code").asString());
            assertTrue(error(refused).path("message").asString().contains("genapi.gateway.max-waiting-reads"));
            assertEquals("1", header(refused, "Retry-After"));
            CompletableFuture<HttpResponse<String>> others =
                    caller.sendAsync(as(FLIGHT, caller.request(job).header("Prefer", "wait=30")));
            stack.store().beUnsure(0);
            assertEquals(404, waiting.join().statusCode());
            assertEquals(404, others.join().statusCode());
            assertEquals(
                    404,
                    caller.send(as(DAY, caller.request(job).header("Prefer", "wait=30")))
                            .statusCode());
            assertEquals(
                    404, caller.send(as(DAY, caller.request(job + "/stream"))).statusCode());
        } finally {
            stack.store().beUnsure(0);
        }
    }

    private static HttpRequest.Builder as(ApiKey key, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + key.text());
    }

    /** Until the gateway knows of a store, nobody is refused for what that would tell. */
    private static void awaitTold() {
        Awaitility.await()
                .until(() ->
                        !header(ask(DAY, "gpt-4o"), "x-ratelimit-limit-tokens").isEmpty());
    }

    private static HttpResponse<String> ask(ApiKey key, String model) throws Exception {
        return caller.send(with(body(model, "nonce-x"), key));
    }

    private static HttpRequest.Builder with(String body, ApiKey key) {
        return as(key, caller.chat(body));
    }
}
