package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A gateway that dies with jobs open and calls waiting. */
@SystemTest
final class GatewayCrashIT {

    private static final int JOBS = 50;
    private static final int WAITING = 10;

    private final Cluster cluster;

    GatewayCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void leavesEveryJobOfAKilledGatewayToTheOthers() {
        ServiceProcess victim = cluster.gateways().getFirst();
        Api survivor = cluster.gateways().getLast().api();
        cluster.simulator().hold();
        List<String> ids = Concurrently.map(JOBS, i -> victim.api().submit("gateway-crash-" + i)).stream()
                .map(Answer::jobId)
                .toList();
        List<CompletableFuture<Answer>> broken = Concurrently.start(
                WAITING, i -> victim.api().chat("gateway-crash-broken-" + i, "X-Correlation-ID", "broken-" + i));
        List<CompletableFuture<Answer>> unaffected =
                Concurrently.start(WAITING, i -> survivor.chat("gateway-crash-unaffected-" + i));
        Eventually.holds("all jobs are at the vendor", () -> cluster.simulator().inFlight() == JOBS + 2 * WAITING);

        victim.process().kill();

        ids.forEach(id -> assertEquals(200, survivor.job(id).status(), id + " is known to the other gateway"));
        broken.forEach(call -> assertThrows(CompletionException.class, call::join));
        cluster.simulator().release();
        for (int i = 0; i < JOBS; i++) {
            Answer job = survivor.job(ids.get(i), 60);
            assertEquals("succeeded", job.jobStatus(), job::toString);
            assertEquals("You said: gateway-crash-" + i, job.content());
        }
        for (int i = 0; i < WAITING; i++) {
            Answer answer = unaffected.get(i).join();
            assertEquals(200, answer.status(), answer::toString);
            assertEquals("You said: gateway-crash-unaffected-" + i, answer.content());
        }
        assertTheJobsOfBrokenCallsEnded(survivor);
        assertEquals(
                JOBS + 2 * WAITING,
                cluster.simulator().callsAbout("gateway-crash-").size(),
                "vendor calls");
    }

    /** Replies that the dead gateway would have got: their callers are gone, their jobs are not. */
    private static void assertTheJobsOfBrokenCallsEnded(Api survivor) {
        Concurrently.map(WAITING, i -> {
            Eventually.holds("the job of the broken call " + i + " has ended", () -> {
                var jobs = JobPages.correlated(survivor, "broken-" + i);
                return jobs.size() == 1
                        && jobs.getFirst().path("status").asString().equals("succeeded");
            });
            return i;
        });
    }

    @Test
    void takesOverThePartitionsOfAKilledGateway() {
        cluster.gateways().getFirst().process().kill();
        Api survivor = cluster.api();

        List<Answer> answers = Concurrently.map(JOBS, i -> survivor.chat("after-gateway-crash-" + i));
        for (int i = 0; i < JOBS; i++) {
            assertEquals(200, answers.get(i).status(), answers.get(i)::toString);
            assertEquals("You said: after-gateway-crash-" + i, answers.get(i).content());
        }
    }
}
