package io.genapi.worker.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.worker.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final VirtualTime time = new VirtualTime();
    private final List<ScriptedRun> runs = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private Optional<RuntimeException> refusal = Optional.empty();

    private final Intake intake = new Intake(
            () -> {
                refusal.ifPresent(failure -> {
                    throw failure;
                });
                runs.add(new ScriptedRun());
                return runs.getLast();
            },
            (reason, next) -> heard.add(reason + " " + next.toMillis()),
            // The turns are the test's to take.
            _ -> never.await(),
            time::nanos,
            () -> 0L);

    /** A consumer that fails when it is told to. */
    private static final class ScriptedRun implements IntakeRun {

        private Optional<String> failure = Optional.empty();
        private boolean assigned;
        private int inFlight;
        private boolean started;
        private int closes;
        private Map<Partition, Set<Long>> inHand = Map.of();

        @Override
        public void start() {
            started = true;
        }

        @Override
        public boolean isAssigned() {
            return assigned;
        }

        @Override
        public int inFlight() {
            return inFlight;
        }

        @Override
        public Map<Partition, Set<Long>> cede(Set<Partition> partitions) {
            Map<Partition, Set<Long>> ceded = new HashMap<>(inHand);
            ceded.keySet().retainAll(partitions);
            return ceded;
        }

        @Override
        public Optional<String> failure() {
            return failure;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    @Test
    void isReadyOnceItHasBeenGivenPartitionsEvenIfItLosesThemAgain() {
        assertEquals(Optional.of("the intake is not started"), intake.problem());
        intake.start();
        assertEquals(Optional.of("no partition of the request topics is assigned yet"), intake.problem());
        runs.getFirst().assigned = true;
        assertEquals(Optional.empty(), intake.problem());
        runs.getFirst().assigned = false;
        assertEquals(Optional.empty(), intake.problem());
    }

    @Test
    void replacesAConsumerThatFailedAndSaysWhyItTakesNothingUntilThen() {
        intake.start();
        runs.getFirst().assigned = true;
        turn();
        fail("fenced");
        assertEquals(Optional.of("fenced"), intake.problem());
        Duration next = turn();
        assertEquals(Duration.ofSeconds(1), next);
        assertEquals(List.of("fenced 1000"), heard);
        assertEquals(Optional.of("fenced"), intake.problem());
        turn();
        assertEquals(2, runs.size());
        assertTrue(runs.getLast().started);
        assertEquals(Optional.of("fenced"), intake.problem(), "it has no partition yet");
        runs.getLast().assigned = true;
        assertEquals(Optional.empty(), intake.problem());
    }

    @Test
    void waitsLongerFromFailureToFailureUpToHalfAMinute() {
        intake.start();
        List<Duration> pauses = new ArrayList<>();
        for (int failure = 0; failure < 7; failure++) {
            fail("no");
            pauses.add(turn());
            turn();
        }
        assertEquals(
                List.of(1, 2, 4, 8, 15, 15, 15),
                pauses.stream().map(pause -> (int) pause.toSeconds()).toList());
        assertTrue(Backoff.after(9, 0.999).compareTo(Duration.ofSeconds(30)) < 0);
        assertTrue(Backoff.after(9, 0.999).compareTo(Duration.ofSeconds(29)) > 0);
        assertTrue(Backoff.after(Integer.MAX_VALUE, 0).compareTo(Duration.ofSeconds(15)) == 0);
    }

    @Test
    void beginsWithAShortPauseAgainAfterAGoodMinute() {
        intake.start();
        for (int failure = 0; failure < 4; failure++) {
            fail("no");
            turn();
            turn();
        }
        time.pass(Duration.ofMinutes(1));
        fail("no");
        assertEquals(Duration.ofSeconds(1), turn());
    }

    @Test
    void goesOnTryingWhereNoConsumerCanBeMade() {
        intake.start();
        fail("lost");
        turn();
        refusal = Optional.of(new IllegalStateException("no such host"));
        for (int failure = 0; failure < 50; failure++) {
            turn();
        }
        assertEquals(51, heard.size());
        assertEquals(
                Optional.of("no consumer could be made: java.lang.IllegalStateException: no such host"),
                intake.problem());
        refusal = Optional.empty();
        turn();
        assertEquals(2, runs.size());
    }

    @Test
    void refusesToStartWhereTheFirstConsumerCannotBeMade() {
        refusal = Optional.of(new IllegalArgumentException("wrong setting"));
        assertThrows(IllegalArgumentException.class, intake::start);
    }

    @Test
    void letsWhatAFailedConsumerBeganGoOnAndClosesItAfterThat() {
        intake.start();
        ScriptedRun first = runs.getFirst();
        first.inFlight = 3;
        fail("fenced");
        turn();
        turn();
        assertEquals(3, intake.inFlight());
        runs.getLast().inFlight = 2;
        assertEquals(5, intake.inFlight());
        turn();
        assertEquals(0, first.closes);
        first.inFlight = 0;
        turn();
        assertEquals(1, first.closes);
        assertEquals(2, intake.inFlight());
    }

    @Test
    void closesEveryConsumerThatStillHasWorkAndMakesNoNewOne() {
        intake.start();
        ScriptedRun first = runs.getFirst();
        first.inFlight = 1;
        fail("fenced");
        turn();
        turn();
        runs.getLast().failure = Optional.of("fenced again");
        intake.close();
        turn();
        assertEquals(2, runs.size());
        assertFalse(runs.stream().anyMatch(run -> run.closes != 1));
    }

    private void fail(String reason) {
        runs.getLast().failure = Optional.of(reason);
    }

    /** Takes a turn and lets the time pass until the next one. */
    private Duration turn() {
        Duration next = intake.turn();
        time.pass(next);
        return next;
    }

    @Test
    void tellsWhatAConsumerThatFailedHasInHandToo() {
        Partition partition = new Partition("requests", 3);
        intake.start();
        runs.getFirst().failure = Optional.of("refused");
        runs.getFirst().inFlight = 1;
        runs.getFirst().inHand = Map.of(partition, Set.of(7L), new Partition("requests", 4), Set.of(1L));
        intake.turn();
        intake.turn();
        runs.getLast().inHand = Map.of(partition, Set.of(9L));
        assertEquals(2, runs.size());
        assertEquals(Map.of(partition, Set.of(7L, 9L)), intake.cede(Set.of(partition)));
    }
}
