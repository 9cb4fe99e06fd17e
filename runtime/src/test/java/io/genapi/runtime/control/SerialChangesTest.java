package io.genapi.runtime.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.control.SerialChanges.Decision;
import io.genapi.runtime.control.SoleWriter.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;

class SerialChangesTest {

    private static final Outcome WRITTEN = new Outcome.Written(8);
    private static final Outcome OVERTAKEN = new Outcome.Overtaken(new ProducerFencedException("by another"));
    private static final Outcome UNCLEAR = new Outcome.Unclear(7, new ProducerFencedException("while committing"));

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What the writers will do, one after another. */
    private final Deque<Outcome> outcomes = new ArrayDeque<>();

    private final List<Writer> writers = new ArrayList<>();
    private final Log log = new Log();
    private final List<Duration> pauses = new ArrayList<>();
    private final SerialChanges changes = changes(pauses::add);
    private boolean kafkaIsAway;
    private long nanos;
    private int decided;

    private final class Writer implements SoleWriter {
        private boolean closed;

        @Override
        public Outcome write(List<ProducerRecord<byte[], byte[]>> records, LongConsumer place) {
            assertFalse(closed, "who was overtaken writes no more");
            Outcome outcome = outcomes.remove();
            if (!(outcome instanceof Outcome.Overtaken)) {
                place.accept(7);
            }
            return outcome;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Log implements SerialChanges.Log {
        private final Deque<LogUnavailableException> failures = new ArrayDeque<>();
        private final Set<Long> taken = new HashSet<>();
        private final List<Duration> patiences = new ArrayList<>();
        private int caughtUp;
        private boolean late;
        private long awaited;
        private long expected;

        @Override
        public void catchUp(Duration longest) {
            caughtUp++;
            patiences.add(longest);
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
        }

        @Override
        public void awaitTaken(long offset, Duration longest) {
            awaited = offset;
            if (late) {
                throw new LogUnavailableException("the log was not read in time");
            }
        }

        @Override
        public void expect(long offset) {
            expected = offset;
        }

        @Override
        public boolean hasTaken(long offset) {
            return expected == offset && taken.contains(offset);
        }
    }

    private SerialChanges changes(SerialChanges.Pause pause) {
        return new SerialChanges(this::open, log, PATIENCE, pause, new Random(1), () -> nanos);
    }

    private SoleWriter open() {
        if (kafkaIsAway) {
            throw new LogUnavailableException("Kafka is away");
        }
        Writer writer = new Writer();
        writers.add(writer);
        return writer;
    }

    /** Answers with how often it was decided. */
    private Decision<Integer> change() {
        return new Decision<>(List.of(new ProducerRecord<>("topic", new byte[0])), ++decided);
    }

    private void will(Outcome... all) {
        outcomes.addAll(List.of(all));
    }

    @Test
    void writesOneChangeAfterAnotherWithOneWriterAndReadsBeforeEach() throws Exception {
        will(WRITTEN, WRITTEN);

        assertEquals(1, changes.make(this::change));
        assertEquals(2, changes.make(this::change));

        assertEquals(1, writers.size());
        assertEquals(2, log.caughtUp);
        assertEquals(8, log.awaited);
        assertEquals(List.of(), pauses);
    }

    @Test
    void decidesAgainByWhatLiesThereThenWhereAnotherWasFaster() throws Exception {
        will(OVERTAKEN, OVERTAKEN, WRITTEN);

        assertEquals(3, changes.make(this::change));

        assertEquals(3, writers.size());
        assertEquals(3, log.caughtUp);
        assertEquals(
                List.of(true, true, false),
                writers.stream().map(writer -> writer.closed).toList());
    }

    @Test
    void tellsWhatTheLogTellsWhereTheAnswerToACommitIsLost() throws Exception {
        will(UNCLEAR);
        log.taken.add(7L);

        assertEquals(1, changes.make(this::change));

        assertEquals(1, decided, "what was made is not made twice");
        assertEquals(2, writers.size());
        assertEquals(2, log.caughtUp);
    }

    @Test
    void decidesAgainWhereACommitCameToNothing() throws Exception {
        will(UNCLEAR, WRITTEN);

        assertEquals(2, changes.make(this::change));
    }

    @Test
    void writesNothingWhereNothingIsToBeDone() throws Exception {
        assertEquals("as it is", changes.make(() -> new Decision<>(List.of(), "as it is")));

        assertEquals(1, log.caughtUp);
    }

    @Test
    void givesUpWhenOthersHaveBeenFasterTooOften() {
        for (int attempt = 0; attempt < SerialChanges.MOST_ATTEMPTS; attempt++) {
            will(OVERTAKEN);
        }

        LogUnavailableException given = assertThrows(LogUnavailableException.class, () -> changes.make(this::change));

        assertEquals("Wait a moment", given.remedy());
        assertInstanceOf(ProducerFencedException.class, given.getCause());
        assertTrue(outcomes.isEmpty());
        assertEquals(SerialChanges.MOST_ATTEMPTS, pauses.size());
        assertTrue(pauses.stream().allMatch(pause -> pause.compareTo(Duration.ofMillis(500)) < 0), pauses::toString);
    }

    @Test
    void looksWhatBecameOfItsLastAttemptBeforeItGivesUp() throws Exception {
        for (int attempt = 1; attempt < SerialChanges.MOST_ATTEMPTS; attempt++) {
            will(OVERTAKEN);
        }
        will(UNCLEAR);
        log.taken.add(7L);

        assertEquals(SerialChanges.MOST_ATTEMPTS, changes.make(this::change));
    }

    @Test
    void beginsAnewWhereWhoBeganSinceKeepsTheLogFromBeingRead() throws Exception {
        will(WRITTEN, WRITTEN);
        changes.make(this::change);
        log.failures.add(new LogUnavailableException("a transaction is open"));

        assertEquals(2, changes.make(this::change));

        assertEquals(
                List.of(true, false),
                writers.stream().map(writer -> writer.closed).toList());
    }

    @Test
    void saysThatAChangeMayHaveBeenMadeWhereNothingTells() {
        SerialChanges alone = changes(_ -> kafkaIsAway = true);
        will(UNCLEAR);

        LogUnavailableException away = assertThrows(LogUnavailableException.class, () -> alone.make(this::change));

        assertEquals("Kafka is away; the change may have been made all the same", away.getMessage());
        assertTrue(away.mayBeMade());
    }

    @Test
    void answersWithWhatIsCommittedThoughItIsNotKnownHereInTime() throws Exception {
        will(WRITTEN);
        log.late = true;

        assertEquals(1, changes.make(this::change));

        assertEquals(8, log.awaited);
        assertEquals(1, decided);
    }

    @Test
    void looksShortlyWhatBecameOfAnAttemptAfterWhichItsTimeIsOver() throws Exception {
        SerialChanges slow = changes(_ -> nanos += SerialChanges.LONGEST.toNanos());
        will(UNCLEAR, UNCLEAR);
        LogUnavailableException given = assertThrows(LogUnavailableException.class, () -> slow.make(this::change));
        assertFalse(given.mayBeMade(), "the log tells that it was not");

        log.taken.add(7L);
        assertEquals(2, slow.make(this::change));

        assertEquals(List.of(PATIENCE, SerialChanges.SHORT), log.patiences.subList(0, 2));
        assertEquals(2, decided);
    }

    @Test
    void beginsNoAttemptAfterItsTime() {
        SerialChanges slow = changes(_ -> nanos += SerialChanges.LONGEST.toNanos() / 2);
        will(OVERTAKEN, OVERTAKEN);

        LogUnavailableException given = assertThrows(LogUnavailableException.class, () -> slow.make(this::change));

        assertEquals(2, decided);
        assertFalse(given.mayBeMade());
    }

    @Test
    void waitsForTheLogNoLongerThanItsTimeIsAndShortlyWithAWriterThatItHas() throws Exception {
        SerialChanges slow = changes(
                _ -> nanos += SerialChanges.LONGEST.minus(Duration.ofSeconds(1)).toNanos());
        will(WRITTEN, OVERTAKEN, WRITTEN);

        slow.make(this::change);
        slow.make(this::change);

        assertEquals(List.of(PATIENCE, SerialChanges.SHORT, Duration.ofSeconds(1)), log.patiences);
    }

    @Test
    void isClosedThoughAChangeDoesNotEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ending = new CountDownLatch(1);
        SerialChanges stuck =
                new SerialChanges(this::open, log, Duration.ofMillis(1), pauses::add, new Random(1), () -> nanos);
        Thread changing = Thread.ofVirtual().start(() -> {
            try {
                stuck.make(() -> {
                    begun.countDown();
                    await(ending);
                    return new Decision<>(List.of(), "as it is");
                });
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        await(begun);

        stuck.close();

        assertFalse(writers.getFirst().closed, "it is in use");
        ending.countDown();
        changing.join();
        stuck.close();
        assertTrue(writers.getFirst().closed);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void letsGoOfItsWriterWhenItIsClosed() throws Exception {
        will(WRITTEN);
        changes.make(this::change);

        changes.close();

        assertTrue(writers.getFirst().closed);
    }
}
