package io.genapi.benchmarks.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.benchmarks.contender.Entry;
import io.genapi.benchmarks.contender.JobLatencies;
import io.genapi.benchmarks.contender.Kind;
import io.genapi.benchmarks.contender.Workload;
import io.genapi.simulator.latency.Latency;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeOptionsTest {

    private static final Latency LATENCY = Latency.fixed(Duration.ofSeconds(2));

    @Test
    void namesTheOptionTheValueAndTheRemedy() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new IntakeOptions(500, 1_000, LATENCY, 24, Set.of(Kind.ENGINE)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("--jobs is 500; give at least 10,000"), message);
        assertThrows(IllegalArgumentException.class, () -> new IntakeOptions(500, 0, LATENCY, 24, Set.of(Kind.ENGINE)));
        assertThrows(IllegalArgumentException.class, () -> new IntakeOptions(500, 10, LATENCY, 0, Set.of(Kind.ENGINE)));
        assertThrows(IllegalArgumentException.class, () -> new IntakeOptions(500, 10, LATENCY, 24, Set.of()));
    }

    @Test
    void splitsWhatMayBeInFlightOverShareConsumersAndGivesPlainOnesASlice() {
        IntakeOptions options = new IntakeOptions(10_000, 1_000, LATENCY, 24, EnumSet.allOf(Kind.class));
        Workload workload = new Workload("localhost:1", "jobs", "results", 24, 10_000, new JobLatencies(LATENCY, 1));
        List<Entry> entries = Entries.of(options, workload, Duration.ofSeconds(2));
        assertEquals(
                List.of(
                        "engine, 1 × 1,000",
                        "share group, 16 × 62",
                        "share group, 64 × 15",
                        "share group, 125 × 8",
                        "classic, 24 × 1"),
                entries.stream().map(Entry::title).toList());
        assertEquals(240, entries.getLast().jobs());
        assertEquals(
                entries.size(), entries.stream().map(Entry::group).distinct().count());
    }
}
