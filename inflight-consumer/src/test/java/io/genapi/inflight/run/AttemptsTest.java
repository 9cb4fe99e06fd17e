package io.genapi.inflight.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    /** Just short of 1, so that the back-off is seen whole. */
    private static final RandomGenerator LARGEST = () -> -1L;

    private final List<Duration> slept = new ArrayList<>();
    private final List<String> poisoned = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private int failuresLeft;
    private int poisonFailuresLeft;

    private final Attempts<String> attempts = new Attempts<>(
            this::poison,
            new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(250)),
            slept::add,
            LARGEST,
            stopping::get);

    @Test
    void triesAgainWithGrowingBoundedPauses() {
        failuresLeft = 3;
        assertEquals(new Outcome.Finished(), attempts.run("job", this::work));
        assertEquals(
                List.of(99L, 199L, 249L), slept.stream().map(Duration::toMillis).toList());
        assertEquals(List.of(), poisoned);
    }

    @Test
    void givesTheRecordToTheLastResortWithEveryFailure() {
        failuresLeft = 4;
        assertEquals(new Outcome.Poisoned(), attempts.run("job", this::work));
        assertEquals(List.of("job: 1 left, 1 suppressed"), poisoned);
    }

    @Test
    void neverGivesUpOnTheLastResort() {
        poisonFailuresLeft = 50;
        assertEquals(new Outcome.Poisoned(), attempts.poison("job", new IllegalStateException("unreadable")));
        assertEquals(50, slept.size());
        assertEquals(1, poisoned.size());
    }

    @Test
    void survivesErrors() {
        assertEquals(new Outcome.Poisoned(), attempts.run("job", record -> {
            throw new StackOverflowError();
        }));
    }

    @Test
    void abandonsARecordThatFailsBecauseTheProcessStops() {
        assertEquals(new Outcome.Abandoned(), attempts.run("job", record -> {
            stopping.set(true);
            throw new InterruptedException();
        }));
        assertEquals(List.of(), poisoned);
    }

    @Test
    void countsAnInterruptOfTheRecordsOwnMakingAsAFailure() {
        assertEquals(new Outcome.Poisoned(), attempts.run("job", record -> {
            throw new InterruptedException();
        }));
    }

    @Test
    void rejectsPoliciesThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class, () -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @Test
    void setsARecordAsideThatIsNotToRunYet() {
        failuresLeft = 2;
        Duration delay = Duration.ofMinutes(3);
        assertEquals(new Outcome.SetAside(delay), attempts.run("job", record -> {
            work(record);
            return Verdict.later(delay);
        }));
        assertEquals(List.of(), poisoned);
    }

    private Verdict work(String record) {
        if (failuresLeft > 0) {
            throw new IllegalStateException(failuresLeft-- + " left");
        }
        return Verdict.done();
    }

    private void poison(String record, Throwable cause) {
        if (poisonFailuresLeft-- > 0) {
            throw new IllegalStateException("away");
        }
        poisoned.add(record + ": " + cause.getMessage() + ", " + cause.getSuppressed().length + " suppressed");
    }
}
