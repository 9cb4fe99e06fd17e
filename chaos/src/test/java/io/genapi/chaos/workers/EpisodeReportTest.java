package io.genapi.chaos.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.kafka.GroupWatch.Departure;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpisodeReportTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Submission> submitted = new ArrayList<>();
    private final List<VendorCall> calls = new ArrayList<>();
    private final Map<String, List<JobEnd>> results = new HashMap<>();
    private final Map<String, List<String>> states = new HashMap<>();
    private final List<Integer> exitCodes = new ArrayList<>();
    private Optional<Evidence.Crash> crash = Optional.empty();

    private static JobEnd end(String job, String status, Instant at) {
        return new JobEnd(job, status, at, 1, "vendor", Duration.ZERO);
    }

    private static Instant at(double seconds) {
        return BEGIN.plusMillis((long) (seconds * 1000));
    }

    private void submitted(String job, int partition, double at) {
        submitted.add(new Submission(job, partition, at(at)));
    }

    private void called(String job, double from, double to) {
        calls.add(new VendorCall(job, at(from), Optional.of(at(to)), 200, false));
    }

    private void abandoned(String job, double from, double to) {
        calls.add(new VendorCall(job, at(from), Optional.of(at(to)), 0, true));
    }

    private void ended(String job, double at, String... more) {
        List<JobEnd> ends = new ArrayList<>(List.of(end("job_" + job, "succeeded", at(at))));
        for (String status : more) {
            ends.add(end("job_" + job, status, at(at + 1)));
        }
        results.put(job, ends);
        states.put(job, List.of("succeeded"));
    }

    private EpisodeReport report(Episode episode) {
        return EpisodeReport.of(new Evidence(episode, submitted, calls, results, states, exitCodes, crash));
    }

    @Test
    void keepsItsPromisesWhereEveryJobIsCalledForAndEndsOnce() {
        submitted("a", 0, 0);
        submitted("b", 1, 1);
        called("a", 0.5, 2);
        called("b", 4, 5);
        ended("a", 2);
        ended("b", 5);
        exitCodes.add(0);

        EpisodeReport report = report(Episode.SCALE_IN);

        assertEquals(List.of(), report.broken());
        assertEquals(2, report.jobs());
        assertEquals(2, report.calls());
        assertEquals(0, report.repeated());
        assertEquals(Duration.ofMillis(3_500), report.longestGap());
        assertEquals(Duration.ofSeconds(3), report.waitMax());
    }

    @Test
    void toleratesNoRepeatedCallWhereNoWorkerDied() {
        submitted("a", 0, 0);
        called("a", 1, 2);
        called("a", 3, 4);
        ended("a", 2, "succeeded");

        EpisodeReport report = report(Episode.SCALE_OUT);

        assertEquals(1, report.repeated());
        assertEquals(1, report.needless());
        assertEquals(1, report.moreResults());
        assertTrue(report.broken().getFirst().contains("no worker died"), report.broken()::toString);
    }

    @Test
    void toleratesTheRepetitionOfWhatTheDeadProcessHadInItsHandsAndNoMore() {
        crash = Optional.of(new Evidence.Crash(at(2), at(2), Optional.empty()));
        submitted("under-way", 0, 0);
        abandoned("under-way", 1, 2);
        called("under-way", 6, 7);
        ended("under-way", 7);
        submitted("answered", 0, 0);
        called("answered", 1, 1.9);
        called("answered", 6, 7);
        ended("answered", 7);
        EpisodeReport tolerated = report(Episode.KILL);
        assertEquals(2, tolerated.inHand());
        assertEquals(2, tolerated.repeated());
        assertEquals(0, tolerated.needless());
        assertEquals(List.of(), tolerated.broken());

        submitted("done", 0, 0);
        called("done", 1, 1.5);
        called("done", 6, 7);
        ended("done", 1.6, "succeeded");
        EpisodeReport report = report(Episode.KILL);
        assertEquals(2, report.inHand());
        assertEquals(3, report.repeated());
        assertEquals(1, report.needless());
        assertEquals(1, report.broken().size(), report.broken()::toString);
    }

    @Test
    void seesJobsWithoutAnEndOnKafkaOrInTheStoreAndThoseThatFailed() {
        submitted("nowhere", 0, 0);
        submitted("not-in-store", 0, 0);
        ended("not-in-store", 1);
        states.remove("not-in-store");
        submitted("twice-in-store", 0, 0);
        ended("twice-in-store", 1);
        states.put("twice-in-store", List.of("succeeded", "succeeded"));
        submitted("failed", 0, 0);
        results.put("failed", List.of(end("job_f", "failed", at(1))));
        states.put("failed", List.of("failed"));

        EpisodeReport report = report(Episode.QUIET);

        assertEquals(3, report.withoutEnd());
        assertEquals(1, report.failed());
        assertEquals(2, report.broken().size(), report.broken()::toString);
    }

    @Test
    void seesWorkersThatDidNotStopInGoodOrder() {
        exitCodes.addAll(List.of(0, 143));
        assertEquals(1, report(Episode.ROLLING_RESTART).broken().size());
    }

    @Test
    void measuresUntilTheLastPartitionOfADeadWorkerGoesOn() {
        crash = Optional.of(new Evidence.Crash(at(10), at(10), Optional.of(new Departure(at(13), Set.of(0, 1)))));
        submitted("a", 0, 11);
        submitted("b", 1, 11);
        submitted("other", 2, 11);
        submitted("earlier", 1, 1);
        called("earlier", 2, 3);
        called("a", 13.5, 14);
        called("b", 14.5, 15);
        called("other", 20, 21);

        EpisodeReport report = report(Episode.KILL);

        assertEquals(Optional.of(Duration.ofSeconds(3)), report.noticed());
        assertEquals(Optional.of(Duration.ofMillis(1_500)), report.resumed());
    }
}
