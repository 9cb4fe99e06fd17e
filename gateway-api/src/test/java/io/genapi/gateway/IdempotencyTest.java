package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.content;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {

    @TempDir
    static Path data;

    private static Stack stack;
    private static RunningService second;
    private static Caller caller;
    private static Caller other;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings =
                Map.of("genapi.gateway.lookup-patience", "2s", "genapi.gateway.comeback-grace", "1s");
        stack = new Stack(data, settings);
        second = stack.startGateway(settings);
        caller = new Caller(stack.gateway().port());
        other = new Caller(second.port());
        for (Caller each : List.of(caller, other)) {
            await().until(() -> each.get("/v1/jobs").statusCode() == 200
                    && each.send(each.chat(body("gpt-4o-mini", "nonce-ready"))).statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() {
        caller.close();
        other.close();
        second.close();
        stack.close();
    }

    @Test
    void aLaterRequestOfTheSameKeyGetsTheSameAnswerFromAnyGateway() throws Exception {
        String body = body("gpt-4o-mini", "nonce-k-first");
        HttpResponse<String> first = caller.send(caller.chat(body).header("Idempotency-Key", "later-1"));
        HttpResponse<String> again = caller.send(caller.chat(body).header("Idempotency-Key", "later-1"));
        HttpResponse<String> elsewhere = other.send(other.chat(body).header("Idempotency-Key", "\"later-1\""));

        for (HttpResponse<String> response : List.of(first, again, elsewhere)) {
            assertEquals(200, response.statusCode(), response.body());
            assertEquals("nonce-k-first", content(response));
            assertEquals(JobId.ofKey(TenantId.DEFAULT, "later-1").value(), header(response, "Genapi-Job-Id"));
        }
        assertEquals(1, requests("nonce-k-first"));
    }

    @Test
    void requestsOfOneKeyThatComeAtOnceAreOneJob() {
        String body = body("held", "nonce-k-2");
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int call = 0; call < 10; call++) {
            Caller each = call % 2 == 0 ? caller : other;
            calls.add(each.sendAsync(each.chat(body).header("Idempotency-Key", "at-once")));
        }
        await().until(() -> held("nonce-k-2") == 1);
        stack.worker().release();

        calls.forEach(call -> {
            assertEquals(200, call.join().statusCode(), call.join()::body);
            assertEquals("nonce-k-2", content(call.join()));
        });
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() throws Exception {
        HttpResponse<String> first =
                caller.send(caller.chat(body("gpt-4o-mini", "nonce-k-3")).header("Idempotency-Key", "reused"));
        HttpResponse<String> misuse =
                other.send(other.chat(body("gpt-4o-mini", "nonce-k-4")).header("Idempotency-Key", "reused"));

        assertEquals(200, first.statusCode(), first.body());
        assertEquals(422, misuse.statusCode(), misuse.body());
        assertEquals("idempotency_key_reused", error(misuse).get("code").asString());
        assertEquals("Idempotency-Key", error(misuse).get("param").asString());
        assertEquals("/v1/jobs/" + header(first, "Genapi-Job-Id"), header(misuse, "Location"));
        assertEquals(0, requests("nonce-k-4"));
    }

    @Test
    void anAsyncRequestOfTheSameKeyGetsTheJobAsItStands() throws Exception {
        String body = body("gpt-4o-mini", "nonce-k-5");
        HttpResponse<String> queued =
                caller.send(caller.chat(body).header("Idempotency-Key", "async").header("Prefer", "respond-async"));
        String id = json(queued).get("id").asString();
        await().until(() -> caller.get("/v1/jobs/" + id).statusCode() == 200);
        HttpResponse<String> again =
                other.send(other.chat(body).header("Idempotency-Key", "async").header("Prefer", "respond-async"));
        HttpResponse<String> waiting = other.send(other.chat(body).header("Idempotency-Key", "async"));

        assertEquals(202, queued.statusCode(), queued.body());
        assertEquals(202, again.statusCode(), again.body());
        assertEquals("/v1/jobs/" + id, header(again, "Location"));
        assertEquals("respond-async", header(again, "Preference-Applied"));
        assertEquals("succeeded", json(again).get("status").asString());
        assertEquals("nonce-k-5", content(waiting));
        assertEquals(1, requests("nonce-k-5"));
    }

    @Test
    void anOrderingKeyGoesWithAnIdempotencyKey() throws Exception {
        HttpRequest.Builder request = caller.chat(body("gpt-4o-mini", "nonce-k-6"))
                .header("Idempotency-Key", "ordered")
                .header("Genapi-Ordering-Key", "conversation");

        assertEquals("nonce-k-6", content(caller.send(request)));
        assertEquals("nonce-k-6", content(caller.send(request)));
        assertEquals(1, requests("nonce-k-6"));
    }

    @Test
    void aCallerThatGaveAKeyMayGoAwayAndComeBack() throws Exception {
        String body = body("held", "nonce-k-7");
        CompletableFuture<HttpResponse<String>> gone =
                caller.sendAsync(caller.chat(body).header("Idempotency-Key", "comes-back"));
        CompletableFuture<HttpResponse<String>> goneWithout = caller.sendAsync(caller.chat(body("held", "nonce-k-8")));
        await().until(() -> held("nonce-k-7") == 1 && held("nonce-k-8") == 1);
        JobId without = firstHeld("nonce-k-8");
        gone.cancel(true);
        goneWithout.cancel(true);
        await().until(() -> stack.cancelled().contains(without));
        assertTrue(!stack.cancelled().contains(JobId.ofKey(TenantId.DEFAULT, "comes-back")));

        CompletableFuture<HttpResponse<String>> back =
                other.sendAsync(other.chat(body).header("Idempotency-Key", "comes-back"));
        stack.worker().release();
        assertEquals("nonce-k-7", content(back.join()));
    }

    @Test
    void nothingIsTakenWhileNobodyKnowsWhatTheKeyStandsFor() throws Exception {
        stack.store().beUnsure(Integer.MAX_VALUE);
        try {
            HttpResponse<String> response =
                    caller.send(caller.chat(body("gpt-4o-mini", "nonce-k-9")).header("Idempotency-Key", "unsure"));
            assertEquals(503, response.statusCode(), response.body());
            assertEquals("store_unavailable", error(response).get("code").asString());
            assertEquals("1", header(response, "Retry-After"));
            assertEquals(0, requests("nonce-k-9"));
        } finally {
            stack.store().beUnsure(0);
        }
    }

    @Test
    void anSdkThatSendsTheSameOnceMoreGetsTheJobOfItsFirstTry() throws Exception {
        String body = body("held", "nonce-k-10");
        CompletableFuture<HttpResponse<String>> first =
                caller.sendAsync(caller.chat(body).header("X-Stainless-Retry-Count", "0"));
        await().until(() -> held("nonce-k-10") == 1);
        CompletableFuture<HttpResponse<String>> retry =
                other.sendAsync(other.chat(body).header("X-Stainless-Retry-Count", "1"));
        // The newest of what is alike is what a retry attaches to.
        await().until(() -> stack.store().questions().stream()
                .anyMatch(path -> path.contains(firstHeld("nonce-k-10").value())));
        CompletableFuture<HttpResponse<String>> onPurpose =
                other.sendAsync(other.chat(body).header("X-Stainless-Retry-Count", "0"));
        await().until(() -> held("nonce-k-10") == 2);
        stack.worker().release();

        assertEquals(200, retry.join().statusCode(), retry.join()::body);
        assertEquals(header(first.join(), "Genapi-Job-Id"), header(retry.join(), "Genapi-Job-Id"));
        assertNotEquals(header(first.join(), "Genapi-Job-Id"), header(onPurpose.join(), "Genapi-Job-Id"));
        assertEquals(2, requests("nonce-k-10"));
    }

    @Test
    void aLikeRequestForAnotherVendorOrInAnotherOrderIsNoRetryOfIt() throws Exception {
        String body = body("gpt-4o-mini", "nonce-k-16");
        List<HttpRequest.Builder> unlike = List.of(
                caller.chat(body),
                chat("/v1/chat/completions?vendor=one", body),
                chat("/v1/chat/completions?vendor=a%26b", body),
                caller.chat(body).header("Genapi-Ordering-Key", "this&that"));
        for (HttpRequest.Builder request : unlike) {
            HttpResponse<String> first = caller.send(request);
            assertEquals(200, first.statusCode(), first.body());
            HttpResponse<String> retry = caller.send(request.copy().header("X-Stainless-Retry-Count", "1"));
            assertEquals(header(first, "Genapi-Job-Id"), header(retry, "Genapi-Job-Id"));
        }
        assertEquals(unlike.size(), requests("nonce-k-16"));
    }

    private static HttpRequest.Builder chat(String path, String body) {
        return caller.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void theLeavingOfARetryEndsNothing() throws Exception {
        String body = body("held", "nonce-k-12");
        HttpResponse<String> first = caller.send(caller.chat(body).header("Prefer", "respond-async"));
        JobId job = new JobId(json(first).get("id").asString());
        await().until(() -> held("nonce-k-12") == 1);
        CompletableFuture<HttpResponse<String>> retry =
                caller.sendAsync(caller.chat(body).header("X-Stainless-Retry-Count", "1"));
        await().until(() -> stack.attached().contains(job));
        retry.cancel(true);

        assertGoesOn(job);
        stack.worker().release();
        await().until(() ->
                stack.worker().results().stream().anyMatch(result -> result.id().equals(job)));
    }

    @Test
    void theLeavingOfAFirstTryDoesNotEndTheJobThatItsRetryWaitsForAtAnotherGateway() throws Exception {
        String body = body("held", "nonce-k-13");
        CompletableFuture<HttpResponse<String>> first = caller.sendAsync(caller.chat(body));
        await().until(() -> held("nonce-k-13") == 1);
        JobId job = firstHeld("nonce-k-13");
        first.cancel(true);
        CompletableFuture<HttpResponse<String>> retry =
                other.sendAsync(other.chat(body).header("X-Stainless-Retry-Count", "1"));

        assertGoesOn(job);
        assertTrue(stack.attached().contains(job));
        stack.worker().release();
        assertEquals("nonce-k-13", content(retry.join()));
        assertEquals(1, requests("nonce-k-13"));
    }

    @Test
    void theLeavingOfAFirstTryDoesNotEndTheJobThatItsRetryFollowsAtTheSameGateway() throws Exception {
        String body = body("held", "nonce-k-14");
        CompletableFuture<HttpResponse<String>> first = caller.sendAsync(caller.chat(body));
        await().until(() -> held("nonce-k-14") == 1);
        JobId job = firstHeld("nonce-k-14");
        CompletableFuture<HttpResponse<String>> retry =
                caller.sendAsync(caller.chat(body).header("X-Stainless-Retry-Count", "1"));
        await().until(() -> stack.attached().contains(job));
        first.cancel(true);

        assertGoesOn(job);
        stack.worker().release();
        assertEquals("nonce-k-14", content(retry.join()));
        assertEquals(1, requests("nonce-k-14"));
    }

    @Test
    void aKeyWhoseJobsResultIsNoLongerKeptIsToldSo() throws Exception {
        String body = body("gpt-4o-mini", "nonce-k-15");
        HttpResponse<String> first = caller.send(caller.chat(body).header("Idempotency-Key", "long-ago"));
        stack.store().forgetResult(header(first, "Genapi-Job-Id"));

        String streamed = body.substring(0, body.length() - 1) + ",\"stream\":true}";
        for (HttpRequest.Builder again :
                List.of(caller.chat(body), caller.chat(body).header("Prefer", "respond-async"))) {
            HttpResponse<String> gone = caller.send(again.header("Idempotency-Key", "long-ago"));
            assertEquals(410, gone.statusCode(), gone.body());
            assertEquals("job_result_expired", error(gone).get("code").asString());
            assertTrue(error(gone).get("message").asString().contains("another idempotency key"));
        }
        HttpResponse<String> stream = caller.send(caller.chat(streamed).header("Idempotency-Key", "long-ago-too"));
        assertEquals(200, stream.statusCode());
        stack.store().forgetResult(JobId.ofKey(TenantId.DEFAULT, "long-ago-too").value());
        HttpResponse<String> gone = caller.send(caller.chat(streamed).header("Idempotency-Key", "long-ago-too"));
        assertEquals(410, gone.statusCode(), gone.body());
        assertEquals("job_result_expired", error(gone).get("code").asString());
    }

    /** A call that was given up later was cancelled meanwhile. */
    private static void assertGoesOn(JobId job) {
        String nonce = "nonce-marker-" + job.value().substring(job.value().length() - 6);
        CompletableFuture<HttpResponse<String>> marker = caller.sendAsync(caller.chat(body("held", nonce)));
        await().until(() -> held(nonce) == 1);
        marker.cancel(true);
        await().until(() -> stack.cancelled().contains(firstHeld(nonce)));
        assertFalse(stack.cancelled().contains(job));
    }

    @Test
    void anSdkWhoseFirstTryFailedIsServedAnew() throws Exception {
        HttpRequest.Builder request = caller.chat(body("failing", "nonce-k-11"));
        assertEquals(429, caller.send(request).statusCode());
        assertEquals(
                429,
                caller.send(request.copy().header("X-Stainless-Retry-Count", "1"))
                        .statusCode());
        assertEquals(2, requests("nonce-k-11"));
    }

    private static JobId firstHeld(String nonce) {
        return stack.worker().held().stream()
                .filter(job -> text(job.body()).contains(nonce))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static long held(String nonce) {
        return stack.worker().held().stream()
                .filter(job -> text(job.body()).contains(nonce))
                .count();
    }

    private static long requests(String nonce) {
        return stack.worker().seen().stream()
                .filter(record -> text(record.value()).contains(nonce))
                .count();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
