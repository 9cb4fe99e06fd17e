package io.genapi.benchmarks.intake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.benchmarks.contender.Kind;
import io.genapi.simulator.latency.Latency;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeBenchmarkTest {

    @Test
    void runsTheEngineOnABrokerOfItsOwnAndPrintsItsFigures() throws Exception {
        StringWriter table = new StringWriter();
        StringWriter progress = new StringWriter();
        IntakeOptions options =
                new IntakeOptions(300, 30, Latency.fixed(Duration.ofMillis(20)), 6, Set.of(Kind.ENGINE));
        new IntakeBenchmark(options, new PrintWriter(table), new PrintWriter(progress)).run();
        assertTrue(table.toString().contains("ideal: permits ÷ mean    |   1,500.0 |"), table.toString());
        assertTrue(table.toString().contains("engine, 1 × 30"), table.toString());
        assertFalse(table.toString().contains("share group"), table.toString());
        assertTrue(progress.toString().contains("writing 300 jobs"), progress.toString());
    }
}
