package io.genapi.runtime.reload;

import static io.genapi.runtime.reload.ChangeWatch.Advice.INSIST;
import static io.genapi.runtime.reload.ChangeWatch.Advice.TRY;
import static io.genapi.runtime.reload.ChangeWatch.Advice.WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangeWatchTest {

    private final ChangeWatch watch = new ChangeWatch("old");
    private long millis;

    @Test
    void waitsUntilTheContentHasStayedTheSame() {
        assertEquals(WAIT, after(1_000, "old"));
        assertEquals(WAIT, after(250, "ne"));
        assertEquals(WAIT, after(250, "new"));
        assertEquals(WAIT, after(250, "new"));
        assertEquals(TRY, after(250, "new"));
    }

    @Test
    void givesABrokenPieceAsMuchTimeAgain() {
        after(0, "broken");
        assertEquals(TRY, after(500, "broken"));
        assertEquals(TRY, after(250, "broken"));
        assertEquals(INSIST, after(250, "broken"));
        watch.refused("broken", Duration.ofMillis(millis).toNanos());
        assertEquals(WAIT, after(9_999, "broken"), "it was told");
        assertEquals(INSIST, after(1, "broken"), "what it refers to may be there by now");
    }

    @Test
    void forgetsAPieceThatBecameWhatWasThereBefore() {
        after(0, "");
        assertEquals(TRY, after(500, ""));
        assertEquals(WAIT, after(250, "old"));
        assertEquals(WAIT, after(5_000, "old"));
    }

    @Test
    void noticesThatABrokenFileIsWhatItWasBefore() {
        after(0, "broken");
        watch.refused("broken", Duration.ofMillis(millis).toNanos());
        assertEquals(WAIT, after(250, "old"));
        assertEquals(TRY, after(500, "old"));
    }

    @Test
    void triesAgainWhatCouldNotTakeEffect() {
        after(0, "new");
        assertEquals(TRY, after(500, "new"));
        watch.postpone("new", Duration.ofMillis(millis).toNanos());
        assertEquals(WAIT, after(250, "new"));
        assertEquals(TRY, after(250, "new"));
    }

    private ChangeWatch.Advice after(long pause, String content) {
        millis += pause;
        return watch.look(content, Duration.ofMillis(millis).toNanos());
    }
}
