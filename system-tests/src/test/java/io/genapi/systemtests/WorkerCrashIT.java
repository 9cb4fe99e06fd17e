package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Workers that die with everything in their hands. */
@SystemTest
final class WorkerCrashIT {

    private static final int JOBS = 200;

    private final Cluster cluster;

    WorkerCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void losesNoneOfTwoHundredJobsInFlightWhenEveryWorkerIsKilled() {
        Api api = cluster.api();
        cluster.simulator().hold();
        List<Answer> accepted = Concurrently.map(JOBS, i -> api.submit("crash-" + i + "-end"));
        accepted.forEach(answer -> assertEquals(202, answer.status(), answer::toString));
        List<String> ids = accepted.stream().map(Answer::jobId).toList();
        Eventually.holds("all jobs are at the vendor", () -> cluster.simulator().inFlight() == JOBS);

        cluster.workers().forEach(worker -> worker.process().kill());
        cluster.startWorker();
        cluster.simulator().release();

        List<Answer> ended = cluster.ended(ids);
        for (int i = 0; i < JOBS; i++) {
            assertEquals("succeeded", ended.get(i).jobStatus(), ended.get(i)::toString);
            assertEquals("You said: crash-" + i + "-end", ended.get(i).content());
        }
        long calls = cluster.simulator().callsAbout("crash-").size();
        assertTrue(calls <= 2 * JOBS, "at most what was in flight is repeated: " + calls + " vendor calls");
        System.out.printf("WorkerCrashIT: %d vendor calls for %d jobs, all in flight at the kill%n", calls, JOBS);
        assertVisibleOnce(ids, ended);
    }

    /** Whatever stands in Kafka, the API shows one end per job and never changes it. */
    private void assertVisibleOnce(List<String> ids, List<Answer> ended) {
        List<Answer> again = Concurrently.map(JOBS, i -> cluster.api().job(ids.get(i)));
        for (int i = 0; i < JOBS; i++) {
            assertEquals(ended.get(i).json(), again.get(i).json(), "a job's end is final");
        }
        List<String> listed =
                JobPages.ids(cluster.api()).stream().filter(ids::contains).toList();
        assertEquals(JOBS, listed.size(), "each job is listed once");
        assertEquals(Set.copyOf(ids), Set.copyOf(listed));
        Set<String> results = new Topics(cluster.kafka().bootstrapServers())
                .all("genapi.results").stream()
                        .map(record -> new String(record.key(), java.nio.charset.StandardCharsets.UTF_8))
                        .collect(Collectors.toSet());
        assertTrue(results.containsAll(ids), "each job has its result on Kafka");
    }
}
