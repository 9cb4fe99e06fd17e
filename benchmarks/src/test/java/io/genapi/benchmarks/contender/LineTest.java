package io.genapi.benchmarks.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.simulator.latency.LatencyNotation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void readsWhatAContenderTold() {
        Line progress = new Line.Progress(12, 3);
        Line result = new Line.Result(new Figures(
                new Window(80, Duration.ofSeconds(4), Duration.ofMillis(70)),
                Duration.ofSeconds(9),
                20,
                new Footprint(1 << 20, 1 << 30, 17)));
        assertEquals(progress, Line.parse(progress.text()));
        assertEquals(result, Line.parse(result.text()));
    }

    @Test
    void refusesWhatNoContenderTells() {
        assertThrows(IllegalArgumentException.class, () -> Line.parse("hello 1"));
    }

    @Test
    void anEntryArrivesInItsProcessAsItWasSent() {
        Entry entry = new Entry(
                Kind.SHARE,
                16,
                62,
                500,
                "group",
                new Workload(
                        "localhost:1",
                        "jobs",
                        "results",
                        24,
                        1_000,
                        new JobLatencies(LatencyNotation.parse("lognormal:mean=2s,sigma=0.5"), 7)));
        assertEquals(entry, Entry.parse(entry.toArguments()));
    }
}
