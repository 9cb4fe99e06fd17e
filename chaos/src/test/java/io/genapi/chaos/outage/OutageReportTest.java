package io.genapi.chaos.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.outage.OutageEvidence.Run;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageReportTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant RECOVERED = at(30);

    private final List<QueuedJob> jobs = new ArrayList<>();
    private final Map<String, List<JobEnd>> results = new HashMap<>();
    private final List<VendorCall> calls = new ArrayList<>();

    private static JobEnd end(String job, String status, Instant at) {
        return new JobEnd(job, status, at, 1, "vendor", Duration.ZERO);
    }

    private static Instant at(double seconds) {
        return BEGIN.plusMillis((long) (seconds * 1000));
    }

    private void job(String name, String vendor, String... key) {
        jobs.add(new QueuedJob(name, vendor, 0, key.length == 0 ? Optional.empty() : Optional.of(key[0])));
    }

    private void ended(String name, String status, double at) {
        results.computeIfAbsent(name, _ -> new ArrayList<>()).add(end("job_" + name, status, at(at)));
    }

    private void called(String name, int status, double from, double to) {
        calls.add(new VendorCall(name, at(from), Optional.of(at(to)), status, false));
    }

    private void done(String name, double from, double to) {
        called(name, 200, from, to);
        ended(name, "succeeded", to);
    }

    private OutageReport report() {
        Run run = new Run(jobs, BEGIN, results);
        return OutageReport.of(new OutageEvidence(run, run, RECOVERED, 7, 3, calls, List.of()));
    }

    @Test
    void measuresTheOtherVendorsPaceAndTheTimeToDrain() {
        job("there-1", OutageOptions.THERE);
        job("there-2", OutageOptions.THERE);
        job("away", OutageOptions.AWAY);
        done("there-1", 0, 1);
        done("there-2", 0, 4);
        called("away", 503, 31, 32);
        done("away", 33, 35);

        OutageReport report = report();

        assertEquals(List.of(), report.broken());
        assertEquals(0.5, report.therePerSecond());
        assertEquals(Duration.ofSeconds(5), report.drain());
        assertEquals(1, report.refusedDuringDrain());
        assertEquals(0, report.duplicates());
    }

    @Test
    void seesJobsThatEndedWhileTheirVendorWasAway() {
        job("away", OutageOptions.AWAY);
        ended("away", "failed", 10);

        OutageReport report = report();

        assertEquals(1, report.failedBeforeRecovery());
        assertEquals(1, report.notSucceeded());
        assertEquals(2, report.broken().size(), report.broken()::toString);
    }

    @Test
    void seesJobsWithoutAnEnd() {
        job("away", OutageOptions.AWAY);
        assertEquals(1, report().notSucceeded());
    }

    @Test
    void countsSecondCallsAndSecondResults() {
        job("away", OutageOptions.AWAY);
        done("away", 31, 32);
        done("away", 33, 34);
        assertEquals(2, report().duplicates());
    }

    @Test
    void seesJobsOfAKeyThatOvertakeEachOther() {
        job("first", OutageOptions.AWAY, "key");
        job("second", OutageOptions.AWAY, "key");
        job("third", OutageOptions.AWAY, "key");
        job("other", OutageOptions.AWAY, "another key");
        job("free", OutageOptions.AWAY);
        done("first", 31, 33);
        done("second", 32, 34);
        done("third", 34, 35);
        done("other", 30, 31);
        done("free", 30, 31);
        assertEquals(1, report().outOfOrder());
    }
}
