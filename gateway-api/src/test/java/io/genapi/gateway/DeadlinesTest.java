package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.kafka.HeaderNames;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlinesTest {

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(data, Map.of());
        caller = new Caller(stack.gateway().port());
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void theJobsDeadlineIsTheOneThatTheCallerNames() throws Exception {
        Instant deadline = Instant.now().plus(5, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        HttpResponse<String> waiting = caller.send(
                caller.chat(body("gpt-4o-mini", "nonce-d-1")).header("Genapi-Deadline", deadline.toString()));
        HttpResponse<String> async = caller.send(caller.chat(body("gpt-4o-mini", "nonce-d-2"))
                .header("Prefer", "respond-async")
                .header("Genapi-Deadline", deadline.toString()));

        assertEquals(200, waiting.statusCode(), waiting.body());
        assertEquals(deadline, deadlineOf(header(waiting, "Genapi-Job-Id")));
        assertEquals(202, async.statusCode(), async.body());
        assertEquals(deadline.toString(), json(async).get("deadline").asString());
        assertEquals(deadline, deadlineOf(header(async, "Genapi-Job-Id")));
    }

    @Test
    void aWaitingCallIsAnsweredWhenItsJobsDeadlinePasses() throws Exception {
        HttpResponse<String> response =
                assertTimeIsOver(caller.chat(body("held", "nonce-d-3")).header("Genapi-Deadline", "1.5"));

        Instant deadline = deadlineOf(header(response, "Genapi-Job-Id"));
        assertFalse(deadline.isAfter(Instant.now()));
        assertTrue(error(response).get("message").asString().contains("time is over"), response.body());
    }

    @Test
    void anSdkIsAnsweredBeforeItWouldSendTheRequestAgain() throws Exception {
        HttpResponse<String> response = assertTimeIsOver(caller.chat(body("held", "nonce-d-4"))
                .header("X-Stainless-Timeout", "600")
                .header("X-Stainless-Read-Timeout", "2"));

        ConsumerRecord<byte[], byte[]> record = recordOf(header(response, "Genapi-Job-Id"));
        Instant submitted = Instant.parse(text(record, HeaderNames.CE_TIME));
        assertEquals(submitted.plusMillis(1_800), Instant.parse(text(record, HeaderNames.DEADLINE)));
    }

    @Test
    void aJobMayOutliveTheCallThatSubmittedIt() throws Exception {
        HttpResponse<String> response = assertTimeIsOver(caller.chat(body("held", "nonce-d-5"))
                .header("X-Stainless-Timeout", "1")
                .header("Genapi-Deadline", "3600"));

        assertTrue(deadlineOf(header(response, "Genapi-Job-Id"))
                .isAfter(Instant.now().plus(Duration.ofMinutes(50))));
        assertTrue(error(response).get("message").asString().contains("It goes on"), response.body());
    }

    private static HttpResponse<String> assertTimeIsOver(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = caller.send(request);
        assertEquals(504, response.statusCode(), response.body());
        assertEquals("deadline_exceeded", error(response).get("code").asString());
        assertEquals("false", header(response, "x-should-retry"));
        assertEquals("/v1/jobs/" + header(response, "Genapi-Job-Id"), header(response, "Location"));
        return response;
    }

    private static Instant deadlineOf(String id) {
        return Instant.parse(text(recordOf(id), HeaderNames.DEADLINE));
    }

    private static ConsumerRecord<byte[], byte[]> recordOf(String id) {
        return Awaitility.await()
                .until(
                        () -> stack.worker().seen().stream()
                                .filter(record -> new String(record.key(), StandardCharsets.US_ASCII).equals(id))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
