package io.genapi.benchmarks.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Footprint FOOTPRINT = new Footprint(1, 2, 3);

    private long now;

    private final Tally tally = new Tally(100, 200, () -> now, () -> now / 10);

    @Test
    void measuresFromATenthToNineTenthsOfTheJobs() throws InterruptedException {
        now = 1_000;
        tally.started();
        tally.ended(0);
        // Slow at first and at last: neither counts.
        for (int job = 1; job < 100; job++) {
            now += job < 10 || job >= 90 ? 5_000 : 100;
            tally.started();
            tally.ended(job);
        }
        assertTrue(tally.awaitEnough(Duration.ZERO));
        Figures figures = tally.figures(FOOTPRINT);
        assertEquals(new Window(80, Duration.ofNanos(8_000), Duration.ofNanos(800)), figures.window());
        assertEquals(Duration.ofNanos(9 * 5_000 + 80 * 100 + 10 * 5_000), figures.whole());
        assertEquals(10_000_000.0, figures.window().perSecond());
    }

    @Test
    void keepsTheMostJobsThatRanAtOnce() {
        for (int job = 0; job < 7; job++) {
            tally.started();
        }
        for (int job = 0; job < 7; job++) {
            tally.ended(job);
        }
        tally.started();
        assertEquals(1, tally.inFlight());
        assertEquals(7, tally.figures(FOOTPRINT).mostInFlight());
    }

    @Test
    void countsAJobOnceAndTellsThatItRanTwice() {
        tally.started();
        tally.ended(130);
        tally.started();
        tally.ended(130);
        assertEquals(1, tally.ended());
        assertEquals(1, tally.repeated());
    }
}
