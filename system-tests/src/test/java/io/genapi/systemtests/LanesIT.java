package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.ResultTail;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.load.JobRecords;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.vendor.VendorCall;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Classes of service: what a worker that is told to serve some of them leaves alone, and what a flood of one does to another. */
@SystemTest
final class LanesIT {

    private static final int JOBS = 20;

    /** Of these, priority has 4 for its own, which it never lends. */
    private static final int PERMITS = 20;

    private static final int PRIORITY_PERMITS = 4;
    private static final int FLOOD_OF_EACH = 600;
    private static final int FLOOD = 2 * FLOOD_OF_EACH;
    private static final int URGENT_IN_A_ROW = 5;

    private record Urgent(String question, Instant submitted, Answer answer) {}

    private final Cluster cluster;

    LanesIT(Cluster cluster) {
        this.cluster = cluster;
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

    @Test
    void letsPriorityPassAFloodOfTheOtherLanes() {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        cluster.startWorker(Map.of("genapi.worker.max-in-flight", Integer.toString(PERMITS)));
        try (ResultTail results = ResultTail.start(cluster.kafka().bootstrapServers())) {
            cluster.simulator().hold();
            new Topics(cluster.kafka().bootstrapServers()).sendAll(flood());
            int most = PERMITS - PRIORITY_PERMITS;
            Eventually.holds(
                    "the flood has every permit but priority's",
                    () -> cluster.simulator().inFlight() == most);

            List<CompletableFuture<Answer>> first =
                    Concurrently.start(PRIORITY_PERMITS, i -> cluster.api().chat("urgent-first-" + i));
            Eventually.holds(
                    "priority's jobs are at the vendor, though none of the flood has ended",
                    () -> cluster.simulator().callsAbout("urgent-first-").size() == PRIORITY_PERMITS);
            assertEquals(most, cluster.simulator().callsAbout("flood-").size(), "nothing of the flood began meanwhile");

            cluster.simulator().behave("{\"latency\":\"200ms\"}");
            Concurrently.join(first).forEach(answer -> assertEquals(200, answer.status(), answer::toString));
            List<Urgent> urgent = Concurrently.map(PRIORITY_PERMITS, this::oneAfterTheOther).stream()
                    .flatMap(List::stream)
                    .toList();
            int begun = cluster.simulator().callsAbout("flood-").size();
            assertTrue(begun < FLOOD / 2, () -> begun + " jobs of the flood began before priority's had ended");
            assertPassed(urgent);

            cluster.simulator().release();
            Eventually.holds("the flood has ended", () -> names().allMatch(results::hasEnded));
            names().forEach(name ->
                    assertEquals("succeeded", results.ends(name).getFirst().status()));
            assertEquals(FLOOD, cluster.simulator().callsAbout("flood-").size());
        }
    }

    private List<Urgent> oneAfterTheOther(int row) {
        return IntStream.range(0, URGENT_IN_A_ROW)
                .mapToObj(i -> "urgent-then-%d-%d-end".formatted(row, i))
                .map(question ->
                        new Urgent(question, Instant.now(), cluster.api().chat(question)))
                .toList();
    }

    /** Each of them reached the vendor while only a small part of the flood did, though all of it was there before. */
    private void assertPassed(List<Urgent> urgent) {
        List<VendorCall> calls = cluster.simulator().vendorCalls();
        urgent.forEach(job -> {
            assertEquals(200, job.answer().status(), job.answer()::toString);
            Instant began = calls.stream()
                    .filter(call -> call.question().equals(job.question()))
                    .findFirst()
                    .orElseThrow()
                    .started();
            long meanwhile = calls.stream()
                    .filter(call -> call.question().startsWith("flood-"))
                    .filter(call -> call.started().isAfter(job.submitted())
                            && call.started().isBefore(began))
                    .count();
            assertTrue(
                    meanwhile < FLOOD / 4, () -> job.question() + " waited for " + meanwhile + " calls of the flood");
        });
    }

    private Stream<ProducerRecord<byte[], byte[]>> flood() {
        return names().map(name -> JobRecords.request(
                name.startsWith("flood-flex-") ? "flex" : "default",
                Math.floorMod(name.hashCode(), cluster.partitions()),
                name,
                Api.MODEL));
    }

    private static Stream<String> names() {
        return Stream.of("flex", "default")
                .flatMap(lane -> IntStream.range(0, FLOOD_OF_EACH).mapToObj(i -> "flood-%s-%d".formatted(lane, i)));
    }
}
