package io.genapi.benchmarks.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.load.Asked;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.vendor.VendorCall;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LanesFiguresTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = FROM.plusSeconds(10);

    @Test
    void countsOnlyCallersWhoAskedMeanwhile() {
        LanesFigures figures = LanesFigures.of(new LanesEvidence(
                Flood.NONE,
                FROM,
                TO,
                List.of(
                        asked("early", -1, 200),
                        asked("first", 1, 200),
                        asked("second", 2, 504),
                        asked("late", 10, 200)),
                List.of(),
                List.of(call("early", 0, 1), call("first", 3, 5), call("late", 11, 12))));

        assertEquals(2, figures.callers());
        assertEquals(1, figures.unanswered());
        assertEquals(Duration.ofSeconds(2), figures.untilCalled().median());
        assertEquals(Duration.ofSeconds(2), figures.atVendor().median());
        assertEquals(Duration.ofSeconds(4), figures.untilAnswered().median());
        assertEquals(OptionalLong.empty(), figures.fewestWaiting());
    }

    @Test
    void tellsTheFloodsCallsFromPriority() {
        LanesFigures figures = LanesFigures.of(new LanesEvidence(
                Flood.FLEX,
                FROM,
                TO,
                List.of(asked("urgent", 1, 200)),
                List.of(
                        job("flood-flex-0", -9),
                        job("flood-flex-1", -9),
                        job("flood-flex-2", 3),
                        job("flood-flex-3", 4)),
                List.of(call("flood-flex-0", -5, 5), call("urgent", 1, 6), call("flood-flex-1", 4, 20))));

        assertEquals(0.5, figures.urgent().mean());
        assertEquals(1, figures.urgent().most());
        assertEquals(1.1, figures.flooding().mean());
        assertEquals(2, figures.flooding().most());
        assertEquals(OptionalLong.of(2), figures.fewestWaiting());
    }

    @Test
    void aCallThatEndsAsAnotherBeginsIsNotBesideIt() {
        InFlight inFlight = InFlight.of(List.of(call("a", 0, 5), call("b", 5, 10)), FROM, TO);
        assertEquals(1.0, inFlight.mean());
        assertEquals(1, inFlight.most());
    }

    @Test
    void holdsEveryPartToTheFirst() {
        List<LanesFigures> parts = List.of(part(Flood.NONE, 1), part(Flood.FLEX, 3), part(Flood.DEFAULT, 2));
        List<String> rows = LanesTable.of(
                        new LanesOptions(100, 5, Latency.fixed(Duration.ofSeconds(2)), Duration.ofSeconds(10)), parts)
                .lines()
                .map(row -> row.replaceAll(" {2,}", "|"))
                .toList();
        assertTrue(rows.contains("|to alone, p50|1.00x|1.50x|1.25x"), rows::toString);
        assertTrue(rows.contains("|more than alone, p99|0 ms|2,000 ms|1,000 ms"), rows::toString);
    }

    /** A caller whose call began some seconds after its question, which was answered three seconds later. */
    private static LanesFigures part(Flood kind, int seconds) {
        return LanesFigures.of(new LanesEvidence(
                kind,
                FROM,
                TO,
                List.of(new Asked("urgent", FROM, Duration.ofSeconds(seconds + 3), 200)),
                List.of(),
                List.of(call("urgent", seconds, seconds + 3))));
    }

    private static Asked asked(String name, int second, int status) {
        return new Asked(name, FROM.plusSeconds(second), Duration.ofSeconds(4), status);
    }

    private static Submission job(String name, int second) {
        return new Submission(name, 0, FROM.plusSeconds(second));
    }

    private static VendorCall call(String question, int from, int to) {
        return new VendorCall(question, FROM.plusSeconds(from), Optional.of(FROM.plusSeconds(to)), 200, false);
    }
}
