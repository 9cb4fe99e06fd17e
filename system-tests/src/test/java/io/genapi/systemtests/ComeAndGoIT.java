package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Processes that leave in good order and join while jobs run. */
@SystemTest
final class ComeAndGoIT {

    private static final int STREAMS = 8;
    private static final int JOBS_PER_STREAM = 60;

    private final Cluster cluster;

    ComeAndGoIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void losesAndRepeatsNothingWhileWorkersAndGatewaysComeAndGo() {
        cluster.simulator().behave("{\"latency\":\"uniform:min=100ms,max=600ms\"}");
        AtomicInteger progress = new AtomicInteger();
        List<CompletableFuture<Integer>> streams = Concurrently.start(STREAMS, stream -> runJobs(stream, progress));

        awaitProgress(progress, 60);
        leave(cluster.workers().getFirst());
        cluster.startWorker();
        awaitProgress(progress, 180);
        leave(cluster.gateways().getFirst());
        cluster.startGateway();
        awaitProgress(progress, 300);
        leave(cluster.workers().getFirst());
        cluster.startWorker();

        Concurrently.join(streams);
        int jobs = STREAMS * JOBS_PER_STREAM;
        Map<String, Long> callsOfJob = cluster.simulator().callsAbout("come-and-go-").stream()
                .collect(Collectors.groupingBy(
                        call -> call.path("headers")
                                .path("x-original-request-id")
                                .asString(""),
                        Collectors.counting()));
        List<Map.Entry<String, Long>> repeated =
                callsOfJob.entrySet().stream().filter(job -> job.getValue() > 1).toList();
        System.out.printf(
                "ComeAndGoIT: %d jobs were done, %d were called for, %d of them more than once%n",
                jobs, callsOfJob.size(), repeated.size());
        assertTrue(callsOfJob.size() >= jobs, "each job is a call of its own");
        assertEquals(List.of(), repeated, "processes that leave in good order repeat no vendor call");
    }

    private static void awaitProgress(AtomicInteger progress, int jobs) {
        Eventually.holds(jobs + " jobs are done", () -> progress.get() >= jobs);
    }

    private static void leave(ServiceProcess service) {
        assertEquals(0, service.process().terminate(), () -> service.process().name() + "'s exit code");
    }

    /** One job after the other; returns how many submissions it took. Each that is taken is a job of its own. */
    private int runJobs(int stream, AtomicInteger progress) {
        int tries = 0;
        for (int i = 0; i < JOBS_PER_STREAM; i++) {
            String question = "come-and-go-" + stream + "-" + i;
            String id = "";
            while (id.isEmpty()) {
                tries++;
                id = submitted(question, "try-" + stream + "-" + i + "-" + tries);
            }
            Answer job = ended(id);
            assertEquals("succeeded", job.jobStatus(), job::toString);
            assertEquals("You said: " + question, job.content());
            progress.incrementAndGet();
        }
        return tries;
    }

    /** The job's id; empty where the gateway was about to leave. */
    private String submitted(String question, String requestId) {
        try {
            Answer answer = anyGateway().submit(question, "X-Request-ID", requestId);
            return answer.status() == 202 ? answer.jobId() : "";
        } catch (UncheckedIOException gone) {
            return "";
        }
    }

    private Api anyGateway() {
        List<ServiceProcess> gateways = cluster.gateways();
        return gateways.get(java.util.concurrent.ThreadLocalRandom.current().nextInt(gateways.size()))
                .api();
    }

    private Answer ended(String id) {
        Answer[] last = new Answer[1];
        Eventually.holds(id + " ends", () -> {
            last[0] = anyGateway().job(id, 20);
            return last[0].json().hasNonNull("completed_at");
        });
        return last[0];
    }
}
