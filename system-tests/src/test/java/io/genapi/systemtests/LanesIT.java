package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers that serve some classes of service and leave the others alone. */
@SystemTest
final class LanesIT {

    private static final int JOBS = 20;

    private final Cluster cluster;

    LanesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void complete() {
        cluster.complete();
    }

    @AfterEach
    void release() {
        cluster.simulator().release();
    }

    @Test
    void servesTheLanesThatAWorkerIsToldToAndNoOther() {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        cluster.startWorker(Map.of("genapi.worker.lanes", "priority"));

        List<Answer> waiting = Concurrently.map(JOBS, i -> cluster.api().submit("lanes-default-" + i));
        List<Answer> answered = Concurrently.map(JOBS, i -> cluster.api().chat("lanes-priority-" + i));

        answered.forEach(answer -> assertEquals(200, answer.status(), answer::toString));
        assertEquals(JOBS, cluster.simulator().callsAbout("lanes-priority-").size());
        assertEquals(
                List.of(),
                cluster.simulator().callsAbout("lanes-default-"),
                "nobody serves the lane of jobs that are handed in without waiting");

        cluster.startWorker();
        waiting.forEach(job -> Eventually.holds(
                job.jobId() + " succeeds",
                () -> cluster.api().job(job.jobId(), 30).jobStatus().equals("succeeded")));
        assertEquals(JOBS, cluster.simulator().callsAbout("lanes-default-").size());
    }
}
