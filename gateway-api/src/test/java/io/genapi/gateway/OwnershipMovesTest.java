package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.content;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.runtime.service.RunningService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipMovesTest {

    private static final int CALLS = 24;

    @TempDir
    Path data;

    private Stack stack;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        stack = new Stack(data, Map.of("genapi.gateway.drain", "1s"));
        caller = new Caller(stack.gateway().port());
    }

    @AfterEach
    void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void callsWhosePartitionMovesAwayGetTheirAnswersFromTheStore() {
        List<CompletableFuture<HttpResponse<String>>> calls = hold();
        try (RunningService other = stack.startGateway(Map.of())) {
            awaitShared(other);
            stack.worker().release();
            Set<String> sources = new HashSet<>();
            for (int number = 0; number < CALLS; number++) {
                HttpResponse<String> response = calls.get(number).join();
                assertEquals(200, response.statusCode(), response.body());
                assertEquals("nonce-" + number, content(response));
                sources.add(header(response, "X-Vendor-Source"));
            }
            assertEquals(Set.of("simulator", "store-told"), sources);
        }
    }

    @Test
    void callsGoOnWaitingWhileAnotherGatewayLeaves() {
        RunningService other = stack.startGateway(Map.of());
        awaitShared(other);
        List<CompletableFuture<HttpResponse<String>>> calls = hold();
        other.close();
        await().until(() -> owned(stack.gateway()).size() == Stack.PARTITIONS);
        stack.worker().release();

        for (int number = 0; number < CALLS; number++) {
            HttpResponse<String> response = calls.get(number).join();
            assertEquals(200, response.statusCode(), response.body());
            assertEquals("nonce-" + number, content(response));
            assertEquals("simulator", header(response, "X-Vendor-Source"));
        }
    }

    @Test
    void callsThatOutlastTheDrainAreToldWhereToAsk() {
        RunningService other = stack.startGateway(Map.of("genapi.gateway.drain", "1s"));
        awaitShared(other);
        try (Caller late = new Caller(other.port())) {
            CompletableFuture<HttpResponse<String>> call = late.sendAsync(late.chat(body("held", "nonce-late")));
            await().until(() -> stack.worker().held().size() == 1);
            other.close();

            HttpResponse<String> response = call.join();
            assertEquals(503, response.statusCode(), response.body());
            assertEquals("gateway_stopping", error(response).get("code").asString());
            assertEquals("false", header(response, "x-should-retry"));
            assertTrue(header(response, "Location").startsWith("/v1/jobs/job_"));
        }
    }

    @Test
    void aKafkaThatIsGoneIsToldWithWhereToAskLater() throws Exception {
        try (RunningService impatient = stack.startGateway(Map.of("genapi.gateway.publish-patience", "2s"));
                Caller unlucky = new Caller(impatient.port())) {
            await().until(() -> unlucky.get("/health/ready").statusCode() == 200);
            stack.kafka().close();

            HttpResponse<String> response = unlucky.send(unlucky.chat(body("gpt-4o", "nonce-lost")));
            assertEquals(503, response.statusCode(), response.body());
            assertEquals("kafka_unavailable", error(response).get("code").asString());
            assertTrue(error(response).get("message").asString().contains("TimeoutException"), response.body());
            assertEquals("5", header(response, "Retry-After"));
            assertTrue(header(response, "Location").startsWith("/v1/jobs/job_"));
            await().until(() -> unlucky.get("/health").statusCode() == 503);
            assertEquals(
                    "unhealthy",
                    Caller.json(unlucky.get("/health")).at("/services/kafka").asString());
            assertEquals(503, unlucky.get("/health/ready").statusCode());
        }
    }

    private List<CompletableFuture<HttpResponse<String>>> hold() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, CALLS)
                .mapToObj(number -> caller.sendAsync(caller.chat(body("held", "nonce-" + number))))
                .toList();
        await().until(() -> stack.worker().held().size() == CALLS);
        return calls;
    }

    private void awaitShared(RunningService other) {
        await().until(() -> owned(other).size() == 2 && owned(stack.gateway()).size() == 2);
    }

    private static Set<Integer> owned(RunningService gateway) {
        return gateway.part(PartitionOwnership.class).owned();
    }
}
