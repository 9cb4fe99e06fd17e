package io.genapi.store.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveryScheduleTest {

    private static final DeliverySchedule EXACT =
            new DeliverySchedule(DeliverySchedule.STANDARD.gaps(), DeliverySchedule.STANDARD.horizon(), 0);

    @Test
    void isThatOfTheContract() {
        List<Duration> gaps = new ArrayList<>();
        for (Optional<Duration> gap = EXACT.gapAfter(1, new Random(1));
                gap.isPresent();
                gap = EXACT.gapAfter(gaps.size() + 1, new Random(1))) {
            gaps.add(gap.get());
        }
        assertEquals(
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(10),
                        Duration.ofHours(10),
                        Duration.ofHours(10),
                        Duration.ofHours(10),
                        Duration.ofHours(10)),
                gaps);
        Duration last = gaps.stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(last.compareTo(Duration.ofDays(3)) <= 0, last.toString());
        assertTrue(last.plusHours(10).compareTo(Duration.ofDays(3)) > 0, last.toString());
    }

    @Test
    void spreadsEachGapByAFifthBothWaysAndNoMore() {
        Random random = new Random(7);
        for (int made = 1; made <= 11; made++) {
            long planned = EXACT.gapAfter(made, random).orElseThrow().toMillis();
            long least = Long.MAX_VALUE;
            long most = 0;
            for (int draw = 0; draw < 2_000; draw++) {
                long gap = DeliverySchedule.STANDARD
                        .gapAfter(made, random)
                        .orElseThrow()
                        .toMillis();
                least = Math.min(least, gap);
                most = Math.max(most, gap);
            }
            assertTrue(least >= planned * 0.8 && least < planned * 0.82, least + " of " + planned);
            assertTrue(most <= planned * 1.2 && most > planned * 1.18, most + " of " + planned);
        }
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new DeliverySchedule(List.of(), Duration.ZERO, 0));
        assertThrows(
                IllegalArgumentException.class, () -> new DeliverySchedule(List.of(Duration.ZERO), Duration.ZERO, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeliverySchedule(List.of(Duration.ofSeconds(1)), Duration.ZERO, 1));
    }
}
