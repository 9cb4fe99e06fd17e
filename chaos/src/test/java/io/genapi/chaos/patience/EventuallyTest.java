package io.genapi.chaos.patience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    @Test
    void looksAgainWhileTheConditionFailsOrDoesNotHold() {
        AtomicInteger looks = new AtomicInteger();
        Eventually.holds("the third look", () -> switch (looks.incrementAndGet()) {
            case 1 -> false;
            case 2 -> throw new IllegalStateException("not there yet");
            default -> true;
        });
        assertEquals(3, looks.get());
    }

    @Test
    void saysWhatDidNotHoldAndWhy() {
        GivenUpException late = assertThrows(
                GivenUpException.class,
                () -> Eventually.holds("the sun rises", Duration.ofMillis(1), () -> {
                    throw new IllegalStateException("it is night");
                }));
        String message = String.valueOf(late.getMessage());
        assertTrue(message.startsWith("the sun rises: not within"), message);
        assertTrue(message.contains("it is night"), message);
    }

    @Test
    void givesUpAtOnceWhenTheConditionDoes() {
        AtomicInteger looks = new AtomicInteger();
        assertThrows(
                GivenUpException.class,
                () -> Eventually.holds("anything", () -> {
                    looks.incrementAndGet();
                    throw new GivenUpException("its process has ended");
                }));
        assertEquals(1, looks.get());
    }
}
