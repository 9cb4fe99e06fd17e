package io.genapi.runtime.control;

import io.genapi.runtime.control.SoleWriter.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a shared log that hang on what lies there. Of those of all processes one is made after another: each is
 * decided when all before it is known, and where another process was faster it is decided again. Thread-safe.
 */
public final class SerialChanges implements AutoCloseable {

    static final int MOST_ATTEMPTS = 12;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** What is decided by. */
    public interface Log {

        /** Returns when all that lies there now has been taken. */
        void catchUp() throws InterruptedException;

        /** Returns when all has been taken that lies before an offset. */
        void awaitTaken(long offset) throws InterruptedException;

        /** Looks out for a record that may come to nothing. */
        void expect(long offset);

        /** Whether the record that was expected there has been taken. */
        boolean hasTaken(long offset);
    }

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    /**
     * What is to be done.
     *
     * @param records that are written, all of them or none; the first goes to the log
     * @param answer what whoever asked is told when they are
     */
    public record Decision<T>(List<ProducerRecord<byte[], byte[]>> records, T answer) {
        public Decision {
            records = List.copyOf(records);
        }
    }

    private record Doubtful<T>(long offset, T answer) {}

    private final SoleWriter.Opening opening;
    private final Log log;
    private final Duration patience;
    private final Pause pause;
    private final RandomGenerator random;
    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable SoleWriter writer;

    /** @param patience with other changes that this process makes before */
    public SerialChanges(SoleWriter.Opening opening, Log log, Duration patience, Pause pause, RandomGenerator random) {
        this.opening = opening;
        this.log = log;
        this.patience = patience;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Returns when the change is durable and has been taken here.
     *
     * @param change decides by what has been taken; may be asked several times, and only the last time counts
     * @throws LogUnavailableException if it cannot be made; the message says so where it may have been all the same
     */
    public <T> T make(Supplier<Decision<T>> change) throws InterruptedException {
        if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new LogUnavailableException("the changes before this one took longer than " + patience);
        }
        try {
            return made(change);
        } finally {
            turn.unlock();
        }
    }

    private <T> T made(Supplier<Decision<T>> change) throws InterruptedException {
        Optional<Doubtful<T>> doubtful = Optional.empty();
        Exception last = new IllegalStateException("nothing was tried");
        for (int attempt = 1; ; attempt++) {
            SoleWriter its = caughtUp(doubtful.isPresent());
            if (doubtful.isPresent() && log.hasTaken(doubtful.get().offset())) {
                return doubtful.get().answer();
            }
            if (attempt > MOST_ATTEMPTS) {
                throw new LogUnavailableException(
                        "it was changed elsewhere at the same time, %d times in a row".formatted(MOST_ATTEMPTS),
                        "Wait a moment",
                        last);
            }
            doubtful = Optional.empty();
            Decision<T> decision = change.get();
            if (decision.records().isEmpty()) {
                return decision.answer();
            }
            switch (written(its, decision.records())) {
                case Outcome.Written(long end) -> {
                    log.awaitTaken(end);
                    return decision.answer();
                }
                case Outcome.Overtaken(Exception reason) -> last = reason;
                case Outcome.Unclear(long offset, Exception reason) -> {
                    doubtful = Optional.of(new Doubtful<>(offset, decision.answer()));
                    last = reason;
                }
            }
            pause.pause(pauseAfter(attempt));
        }
    }

    /** Whoever writes now, when all that was written before is known. */
    private SoleWriter caughtUp(boolean doubtful) throws InterruptedException {
        SoleWriter kept = writer;
        if (kept != null) {
            try {
                log.catchUp();
                return kept;
            } catch (LogUnavailableException _) {
                // Whoever has begun since may have died with a transaction open; to begin anew ends that.
                discard();
            }
        }
        try {
            SoleWriter fresh = opening.open();
            writer = fresh;
            log.catchUp();
            return fresh;
        } catch (LogUnavailableException failure) {
            discard();
            throw doubtful
                    ? new LogUnavailableException(
                            failure.getMessage() + "; the change may have been made all the same",
                            failure.remedy(),
                            failure)
                    : failure;
        }
    }

    private Outcome written(SoleWriter its, List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        boolean usable = false;
        try {
            Outcome outcome = its.write(records, log::expect);
            usable = outcome instanceof Outcome.Written;
            return outcome;
        } finally {
            if (!usable) {
                discard();
            }
        }
    }

    /** By chance, so that those who were in one another's way are not so again. */
    private Duration pauseAfter(int attempt) {
        long longest = Math.min(FIRST_PAUSE.toNanos() << attempt, LONGEST_PAUSE.toNanos());
        return Duration.ofNanos(random.nextLong(longest));
    }

    private void discard() {
        SoleWriter its = writer;
        writer = null;
        if (its != null) {
            its.close();
        }
    }

    /** Ends when the change has that is being made. */
    @Override
    public void close() {
        turn.lock();
        try {
            discard();
        } finally {
            turn.unlock();
        }
    }
}
