package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Waiting calls over two gateways, two workers, two stores and three brokers. */
@SystemTest
final class WaitingCallsIT {

    private static final int CALLS = 1_000;

    private final Cluster cluster;

    WaitingCallsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void answersAThousandCallsAtOnceEachWithItsOwnAnswer() {
        List<Api> gateways =
                cluster.gateways().stream().map(gateway -> gateway.api()).toList();
        cluster.simulator().hold();

        List<CompletableFuture<Answer>> calls = Concurrently.start(
                CALLS,
                i -> gateways.get(i % gateways.size())
                        .chat("nonce-" + i + "-end", "X-Correlation-ID", "mine-" + i, "X-Request-ID", "request-" + i));
        Eventually.holds("all calls wait for the vendor at once", () -> {
            calls.stream().filter(CompletableFuture::isDone).forEach(call -> {
                throw new GivenUpException("a call ended before the vendor answered: " + call.join());
            });
            return cluster.simulator().inFlight() == CALLS;
        });
        cluster.simulator().release();

        List<Answer> answers = Concurrently.join(calls);
        for (int i = 0; i < CALLS; i++) {
            Answer answer = answers.get(i);
            assertEquals(200, answer.status(), answer::toString);
            assertEquals("You said: nonce-" + i + "-end", answer.content());
            assertEquals("mine-" + i, answer.header("X-Correlation-ID"));
            assertEquals("request-" + i, answer.header("X-Request-ID"));
            assertEquals("simulator", answer.header("X-Vendor-Source"));
        }
        assertEquals(
                CALLS,
                answers.stream().map(Answer::jobId).collect(Collectors.toSet()).size(),
                "each is a job of its own");
        assertEquals(CALLS, cluster.simulator().total(), "vendor calls");
    }
}
