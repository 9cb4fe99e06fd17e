package io.genapi.worker.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.control.Sighting.Down;
import io.genapi.schemas.control.Sighting.Fails;
import io.genapi.worker.Samples;
import io.genapi.worker.admission.Hearsay.Told;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HearsayTest {

    private static final Instant NOW = Samples.NOW;
    private static final Told TOLD = told(NOW, NOW);
    private static final Hearsay ONE_SAYS_SO = Hearsay.NONE.trouble("one", TOLD);

    @Test
    void believesWithoutExperienceOfItsOwn() {
        assertEquals(TOLD, ONE_SAYS_SO.shuts(Experience.NONE, () -> 2, NOW).orElseThrow());
    }

    @Test
    void believesTheLatestOfThem() {
        Told later = told(NOW.plusSeconds(1), NOW);
        Hearsay both = ONE_SAYS_SO.trouble("two", later);
        assertEquals(
                later, both.shuts(Experience.NONE, () -> 5, NOW.plusSeconds(2)).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "20, 2", "21, 3", "100, 3"})
    void takesSeveralOfMany(int workers, int enough) {
        Hearsay hearsay = Hearsay.NONE;
        for (int worker = 1; worker <= enough; worker++) {
            assertFalse(shuts(hearsay, Experience.NONE, workers, NOW));
            hearsay = hearsay.trouble("worker " + worker, TOLD).trouble("worker " + worker, TOLD);
        }
        assertTrue(shuts(hearsay, Experience.NONE, workers, NOW));
    }

    @Test
    void addsUpWhatSeveralSawTooLittleOf() {
        Hearsay hearsay = Hearsay.NONE;
        for (int worker = 1; worker <= 4; worker++) {
            hearsay = hearsay.trouble("worker " + worker, fails(2));
            assertFalse(shuts(hearsay, Experience.NONE, 100, NOW));
        }
        assertTrue(shuts(hearsay, Experience.NONE.failed(NOW).failed(NOW), 100, NOW), "its own count too");
        Hearsay five = hearsay.trouble("worker 5", fails(2));
        assertTrue(shuts(five, Experience.NONE, 100, NOW));
        assertFalse(shuts(five, Experience.NONE, 100, NOW.plusSeconds(5)), "a few in a row may be chance");
        assertFalse(shuts(five, Experience.NONE.answered(NOW, NOW), 100, NOW));
    }

    private static Told fails(int failures) {
        return Told.of(NOW, new Fails("small", NOW, failures));
    }

    @Test
    void waitsWhileItsOwnCallsAreAnswered() {
        Experience served = Experience.NONE.answered(NOW.minusSeconds(3), NOW.minusMillis(100));
        assertFalse(shuts(ONE_SAYS_SO, served, 2, NOW));
        assertTrue(shuts(ONE_SAYS_SO, served.failed(NOW), 2, NOW), "the first failure settles it");
        assertTrue(shuts(ONE_SAYS_SO, served, 2, NOW.plusSeconds(6)), "an answer is no news for ever");
    }

    @Test
    void believesNobodyAgainstACallThatWasAnsweredSinceTheTroubleBegan() {
        Experience served =
                Experience.NONE.answered(NOW.plusSeconds(1), NOW.plusSeconds(2)).failed(NOW.plusSeconds(20));
        assertFalse(shuts(ONE_SAYS_SO.trouble("one", told(NOW.plusSeconds(20), NOW)), served, 2, NOW.plusSeconds(20)));
        Told anew = told(NOW.plusSeconds(20), NOW.plusSeconds(20));
        assertTrue(shuts(ONE_SAYS_SO.trouble("one", anew), served, 2, NOW.plusSeconds(20)));
    }

    @Test
    void forgetsWhatWasFoundLongAgo() {
        assertTrue(shuts(ONE_SAYS_SO, Experience.NONE, 2, NOW.plusSeconds(29)));
        assertFalse(shuts(ONE_SAYS_SO, Experience.NONE, 2, NOW.plusSeconds(30)));
        assertEquals(
                1,
                ONE_SAYS_SO
                        .trouble("two", told(NOW.plusSeconds(31), NOW.plusSeconds(31)))
                        .trouble()
                        .size());
    }

    @Test
    void whoeverFindsThatItWorksMakesAllVoidThatWasSaidBefore() {
        Hearsay up = ONE_SAYS_SO.trouble("two", TOLD).up(NOW);
        assertFalse(shuts(up, Experience.NONE, 2, NOW));
        assertFalse(shuts(up.trouble("late", told(NOW.minusMillis(1), NOW.minusMillis(1))), Experience.NONE, 2, NOW));
        assertTrue(shuts(up.trouble("one", told(NOW.plusMillis(1), NOW)), Experience.NONE, 2, NOW.plusMillis(1)));
        assertTrue(shuts(ONE_SAYS_SO.up(NOW.minusMillis(1)), Experience.NONE, 2, NOW));
    }

    @Test
    void othersTryAfterTheOneThatKnowsAndApart() {
        Told told = told(NOW, NOW);
        assertEquals(NOW.plusSeconds(4), told.afterwards(0));
        assertEquals(NOW.plusSeconds(5), told.afterwards(0.5));
        Told wrongClock = Told.of(NOW.plusSeconds(1), new Down("small", NOW, NOW));
        assertEquals(NOW.plusSeconds(1), wrongClock.afterwards(0.5));
        Told forEver = Told.of(NOW, new Down("small", NOW, Instant.MAX));
        assertEquals(NOW.plusSeconds(60), forEver.afterwards(0), "nobody waits that long");
    }

    private static Told told(Instant at, Instant since) {
        return Told.of(at, new Down("small", since, at.plusSeconds(4)));
    }

    private static boolean shuts(Hearsay hearsay, Experience own, int workers, Instant now) {
        return hearsay.shuts(own, () -> workers, now).isPresent();
    }
}
