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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two result stores that answer for each other, and one that dies. */
@SystemTest
final class StoreFailoverIT {

    private static final int JOBS = 40;

    private final Cluster cluster;

    StoreFailoverIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void answersForEveryJobFromEitherStore() {
        List<String> ids = submitted("either-");
        for (ServiceProcess store : cluster.stores()) {
            for (String id : ids) {
                Eventually.holds(
                        id + " is answered by " + store.process().name(),
                        () -> store.api().get("/store/jobs/" + id).status() == 200);
            }
        }
    }

    @Test
    void neverDeniesAJobWhileTheOtherStoreTakesOver() {
        Api api = cluster.api();
        List<String> ended = submitted("store-ended-");
        ended.forEach(id -> assertEquals("succeeded", api.job(id, 60).jobStatus()));
        cluster.simulator().hold();
        List<String> open = submitted("store-open-");
        List<CompletableFuture<Answer>> longPolls = Concurrently.start(JOBS, i -> endedAfterAll(api, open.get(i)));

        cluster.stores().getFirst().process().kill();
        AtomicInteger notKnown = new AtomicInteger();
        Eventually.holds("one store answers for all jobs", () -> {
            List<Answer> round = Concurrently.map(2 * JOBS, i -> api.job(i < JOBS ? ended.get(i) : open.get(i - JOBS)));
            round.forEach(answer -> assertTrue(
                    answer.status() == 200 || answer.status() == 503,
                    () -> "a job that exists is there or not known at the moment, but: " + answer));
            int waits = (int)
                    round.stream().filter(answer -> answer.status() == 503).count();
            notKnown.addAndGet(waits);
            return waits == 0;
        });
        cluster.simulator().release();

        Concurrently.join(longPolls).forEach(job -> assertEquals("succeeded", job.jobStatus(), job::toString));
        assertEquals("You said: store-ended-0", api.job(ended.getFirst()).content(), "results outlive their store");
        System.out.printf("StoreFailoverIT: %d of the looks during the move got a 503%n", notKnown.get());
    }

    private List<String> submitted(String beginning) {
        return Concurrently.map(JOBS, i -> cluster.api().submit(beginning + i)).stream()
                .map(Answer::jobId)
                .toList();
    }

    /** As a client polls: a 503 says to ask again. */
    private static Answer endedAfterAll(Api api, String id) {
        while (true) {
            Answer answer = api.job(id, 60);
            if (answer.status() != 503 && answer.json().hasNonNull("completed_at")) {
                return answer;
            }
            assertTrue(answer.status() == 200 || answer.status() == 503, answer::toString);
        }
    }
}
