package io.genapi.benchmarks.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.report.Quantiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhooksTableTest {

    private static final WebhooksOptions OPTIONS = new WebhooksOptions(10_000, 100, 20, 20, 200);

    private static WebhooksFigures figures(String title, int millis) {
        return new WebhooksFigures(
                title, 6_000, 70, new Quantiles(Duration.ofMillis(millis), Duration.ofMillis(3L * millis)));
    }

    @Test
    void holdsTheRunWithSickEndpointsToTheOneWithout() {
        String table = WebhooksTable.of(OPTIONS, List.of(figures("all well", 100), figures("some sick", 150)));
        assertTrue(table.contains("200 a second for 100 endpoints; of the sick ones 20 hang and 20 fail"), table);
        List<String> lines =
                table.lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertTrue(lines.contains("happened until told, p99 300 ms 450 ms"), table);
        assertTrue(lines.contains(" to all well, p99 1.00 1.50"), table);
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertEquals(
                "--hanging is 60 and --failing 40 of 100 endpoints; at least one must be well",
                assertThrows(IllegalArgumentException.class, () -> new WebhooksOptions(10_000, 100, 60, 40, 200))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new WebhooksOptions(99, 100, 0, 0, 200));
        assertThrows(IllegalArgumentException.class, () -> new WebhooksOptions(100, 100, 0, 0, 0));
    }
}
