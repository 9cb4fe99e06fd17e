package io.genapi.worker.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeaderTextTest {

    @Test
    void leavesVisibleAsciiAlone() {
        assertEquals("a-B_9:/%~", HeaderText.of("a-B_9:/%~"));
    }

    @Test
    void encodesEverythingElse() {
        assertEquals("%0D%0A%00%20%7F%E2%82%AC", HeaderText.of("\r\n\0 \u007f€"));
    }

    @Test
    void cutsWhatIsTooLongBetweenTwoCharacters() {
        String cut = HeaderText.of("€".repeat(10_000));
        assertEquals(510, cut.length());
        assertTrue(cut.endsWith("%E2%82") || cut.endsWith("%AC") || cut.endsWith("%E2"), cut);
    }
}
