package io.genapi.chaos.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.vendor.VendorCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitReportTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = FROM.plusSeconds(60);

    @Test
    void countsWhatWasCalledWhileItMeasured() {
        List<VendorCall> calls = new ArrayList<>(calls(96, 200));
        calls.add(new VendorCall("", FROM.minusMillis(1), Optional.empty(), 429, false));
        calls.add(new VendorCall("", TO, Optional.empty(), 429, false));
        LimitReport report = LimitReport.of(100, FROM, TO, calls);
        assertEquals(0.96, report.used());
        assertEquals(0, report.refusedShare());
        assertEquals(List.of(), report.broken());
    }

    @Test
    void seesTooFewCallsAndTooManyRefused() {
        List<VendorCall> calls = new ArrayList<>(calls(90, 200));
        calls.addAll(calls(1, 429));
        LimitReport report = LimitReport.of(100, FROM, TO, calls);
        assertEquals(2, report.broken().size(), report.broken()::toString);
        assertTrue(report.table().contains("BROKEN at the limit: 90.00 % of the limit"), report.table());
    }

    private static List<VendorCall> calls(int count, int status) {
        List<VendorCall> calls = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            calls.add(new VendorCall("", FROM.plusMillis(600L * call), Optional.empty(), status, false));
        }
        return calls;
    }
}
