package io.genapi.inflight.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.LoggerFactory;

/**
 * Many seeds' schedules; {@code -Dinflight.simulation.seeds=100000} for more of them, {@code
 * -Dinflight.simulation.seed=17} for that one alone.
 */
class GroupSimulationTest {

    private static final int FEWEST_SEEDS = 1_200;
    private static final int SEEDS = Integer.getInteger("inflight.simulation.seeds", FEWEST_SEEDS);
    private static final Optional<Long> ONE = Optional.ofNullable(Long.getLong("inflight.simulation.seed"));
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.genapi.inflight.poll");
    private static final Logger RUN_LOG = (Logger) LoggerFactory.getLogger("io.genapi.inflight.run");
    private static @Nullable Level level;
    private static @Nullable Level runLevel;

    /** What goes wrong here goes wrong on purpose. */
    @BeforeAll
    static void silence() {
        level = LOG.getLevel();
        runLevel = RUN_LOG.getLevel();
        LOG.setLevel(Level.OFF);
        RUN_LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(level);
        RUN_LOG.setLevel(runLevel);
    }

    @Test
    void losesNothingSkipsNothingAndRepeatsNothingWithoutExcuse(TestReporter reporter) throws InterruptedException {
        Map<Excuse, Integer> excuses = new EnumMap<>(Excuse.class);
        onOneThread(() -> {
            for (long seed = ONE.orElse(1L); seed <= ONE.orElse((long) SEEDS); seed++) {
                Schedule schedule = Schedule.of(seed);
                schedule.run();
                schedule.excuses().forEach((why, count) -> excuses.merge(why, count, Integer::sum));
            }
        });
        reporter.publishEntry("repeats", excuses.toString());
        if (ONE.isEmpty() && SEEDS >= FEWEST_SEEDS) {
            for (Excuse excuse : Excuse.values()) {
                assertTrue(excuses.getOrDefault(excuse, 0) > 0, "no schedule got to " + excuse + ": " + excuses);
            }
        }
    }

    @Test
    void takesTheSameStepsEachTimeThatASeedIsRun() throws InterruptedException {
        onOneThread(() -> {
            for (long seed = 1; seed <= 20; seed++) {
                Schedule once = Schedule.of(seed);
                once.run();
                Schedule again = Schedule.of(seed);
                again.run();
                assertEquals(once.digest(), again.digest(), "seed " + seed);
            }
        });
    }

    /** A virtual one, which gives way to the runs' own at little cost. */
    private static void onOneThread(Runnable task) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread.ofVirtual()
                .uncaughtExceptionHandler((_, thrown) -> failure.set(thrown))
                .start(task)
                .join();
        if (failure.get() instanceof Error error) {
            throw error;
        }
        assertNull(failure.get());
    }
}
