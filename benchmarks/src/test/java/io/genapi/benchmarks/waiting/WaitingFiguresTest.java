package io.genapi.benchmarks.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.benchmarks.probe.Footprint;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingFiguresTest {

    private static final WaitingFigures FIGURES = new WaitingFigures(
            Kind.STREAM, 1_000, new Footprint(30 << 20, 200 << 20, 40), new Footprint(50 << 20, 240 << 20, 45));

    @Test
    void sharesWhatCameOnTopAmongTheCallsThatWait() {
        assertEquals(20_971.52, FIGURES.heapBytesPerCall());
        assertEquals(41_943.04, FIGURES.residentBytesPerCall());
    }

    @Test
    void tellsForPeopleWhatEachCosts() {
        String table = WaitingTable.of(new WaitingOptions(1_200), List.of(FIGURES));
        assertTrue(table.contains("1,200"), table);
        assertTrue(table.contains("20.5 KiB"), table);
        assertTrue(table.contains("open streams"), table);
    }

    @Test
    void namesTheOptionTheValueAndTheRemedy() {
        assertEquals(
                "--calls is 0; give at least 1 and at most 100,000",
                assertThrows(IllegalArgumentException.class, () -> new WaitingOptions(0))
                        .getMessage());
    }
}
