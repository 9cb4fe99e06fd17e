package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.vendor.VendorCall;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker that is told to stop while its vendor calls go on for longer than it may wait. */
@SystemTest
final class GraceIT {

    private static final int JOBS = 60;

    private final Cluster cluster;

    GraceIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void stopsInGoodOrderAllTheSameAndItsJobsRunElsewhereOnce() {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        ServiceProcess impatient =
                cluster.startWorker(Map.of("genapi.worker.grace", "1s", "genapi.worker.hand-over-lease", "2s"));
        Api api = cluster.api();
        // In a test before, the vendor may have been down; who has that from hearsay must see an answer, or tries it
        // timidly.
        cluster.ended(Concurrently.map(4, i -> api.submit("before-" + i).jobId()))
                .forEach(job -> assertEquals("succeeded", job.jobStatus(), job::toString));
        cluster.simulator().hold();
        List<Answer> accepted = Concurrently.map(JOBS, i -> api.submit("grace-" + i + "-end"));
        accepted.forEach(answer -> assertEquals(202, answer.status(), answer::toString));
        Eventually.holds("all jobs are at the vendor", () -> cluster.simulator().inFlight() == JOBS);
        cluster.startWorker();

        assertEquals(
                0, impatient.process().terminate(), () -> impatient.process().log());

        Eventually.holds(
                "its calls are made elsewhere", () -> cluster.simulator().inFlight() == JOBS);
        cluster.simulator().release();
        cluster.ended(accepted.stream().map(Answer::jobId).toList())
                .forEach(job -> assertEquals("succeeded", job.jobStatus(), job::toString));
        List<VendorCall> calls = cluster.simulator().vendorCalls().stream()
                .filter(call -> call.question().startsWith("grace-"))
                .toList();
        long givenUp = calls.stream().filter(VendorCall::abandoned).count();
        assertTrue(givenUp > 0, "it had calls in flight");
        assertEquals(JOBS + givenUp, calls.size(), "what it gave up was called for once more, and nothing else");
    }
}
