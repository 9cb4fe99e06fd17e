package io.genapi.chaos.badhour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.load.Asked;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ten callers a second, five of them for each vendor: ten seconds of quiet, twenty of trouble, ten after it. */
class BadHourReportTest {

    private static final Instant QUIET = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant BEGUN = at(10);
    private static final Instant RECOVERED = at(30);

    private final List<Asked> callers = new ArrayList<>();
    private final Map<String, List<JobEnd>> results = new HashMap<>();
    private final List<VendorCall> calls = new ArrayList<>();

    private static Instant at(double seconds) {
        return QUIET.plusMillis((long) (seconds * 1000));
    }

    private void asked(double at, int status, int attempts, String vendor, int tookMillis) {
        String name = "caller " + callers.size();
        Duration took = Duration.ofMillis(tookMillis);
        callers.add(new Asked(name, at(at), took, status));
        results.put(name, List.of(new JobEnd(name, "succeeded", at(at).plus(took), attempts, vendor, took)));
    }

    private void called(double from, double to, double every, int status) {
        for (double at = from; at < to; at += every) {
            calls.add(new VendorCall("", at(at), Optional.of(at(at + 0.1)), status, false));
        }
    }

    private void quiet() {
        for (double at = 0; at < 10; at += 0.2) {
            asked(at, 200, 1, BadHourOptions.SICK, 100);
            asked(at, 200, 1, BadHourOptions.WELL, 100);
        }
        called(0, 10, 0.2, 200);
    }

    private void trouble(int wellMillis) {
        for (double at = 10; at < 30; at += 0.1) {
            asked(at, 200, 1, BadHourOptions.WELL, wellMillis);
        }
    }

    private BadHourReport report() {
        return BadHourReport.of(
                new BadHourEvidence(VendorFault.ERRORS, QUIET, BEGUN, RECOVERED, callers, results, calls));
    }

    @Test
    void keepsItsPromisesWhereNobodyNoticesMuch() {
        quiet();
        trouble(120);
        called(10, 10.95, 0.1, 503);
        called(31, 33, 0.5, 200);
        called(33, 40, 0.2, 200);

        BadHourReport report = report();

        assertEquals(List.of(), report.broken());
        assertEquals(0, report.errorRate());
        assertEquals(10, report.sickCallsDuring());
        assertEquals(Duration.ofMillis(120), report.wellDuring().median());
        assertEquals(Optional.of(Duration.ofSeconds(3)), report.normalAfter().map(BadHourReportTest::rounded));
    }

    @Test
    void seesCallersThatSawAnError() {
        quiet();
        trouble(100);
        called(30, 40, 0.2, 200);
        asked(20, 503, 1, "", 100);
        asked(35, 0, 1, "", 100);
        asked(5, 503, 1, "", 100);

        assertEquals(2, report().failed(), "the quiet before is not judged");
        assertEquals(List.of(), report().broken());
        asked(21, 504, 1, "", 100);
        assertEquals(1, report().broken().size());
    }

    @Test
    void seesAVendorThatIsNotCalledAgainOrTooLate() {
        quiet();
        trouble(100);
        called(30, 40, 1, 200);
        assertEquals(Optional.empty(), report().normalAfter());
        assertEquals(1, report().broken().size());
        called(36, 40, 0.2, 200);
        assertEquals(1, report().broken().size());
        called(34, 36, 0.2, 200);
        assertEquals(List.of(), report().broken());
    }

    @Test
    void seesTooManyRetriesAndAnotherVendorThatSuffers() {
        quiet();
        called(30, 40, 0.2, 200);
        for (int caller = 0; caller < 70; caller++) {
            asked(10 + caller / 10.0, 200, caller % 3 == 0 ? 2 : 1, BadHourOptions.WELL, 160);
        }
        BadHourReport report = report();
        assertEquals(24.0 / 94, report.retryShare());
        assertEquals(2, report.broken().size(), report.broken()::toString);
    }

    @Test
    void seesJobsWithoutOneResult() {
        quiet();
        trouble(100);
        called(30, 40, 0.2, 200);
        results.remove("caller 3");
        results.computeIfPresent("caller 150", (_, ends) -> List.of(ends.getFirst(), ends.getFirst()));
        assertEquals(2, report().withoutOneEnd());
        assertEquals(1, report().broken().size());
    }

    @Test
    void isShownWithAVerdictOnEachPromise() {
        quiet();
        String table = BadHourTable.of(List.of(report()));
        assertTrue(table.contains("recovery to normal traffic"), table);
        assertTrue(table.contains("BROKEN in errors: the vendor had its share"), table);
    }

    private static Duration rounded(Duration duration) {
        return Duration.ofSeconds(Math.round(duration.toMillis() / 1000.0));
    }
}
