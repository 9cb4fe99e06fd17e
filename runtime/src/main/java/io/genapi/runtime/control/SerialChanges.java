package io.genapi.runtime.control;

import io.genapi.runtime.control.SoleWriter.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of a shared log that hang on what lies there. Of those of all processes one is made after another: each is
 * decided when all before it is known, and where another process was faster it is decided again. Thread-safe.
 */
public final class SerialChanges implements AutoCloseable {

    static final int MOST_ATTEMPTS = 12;

    /** For one change, when it is its turn; no attempt begins later. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    /** With what lies there already, most often; whoever begins anew does not wait for those before. */
    static final Duration SHORT = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(SerialChanges.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** What is decided by. */
    public interface Log {

        /**
         * Returns when all that lies there now has been taken.
         *
         * @throws LogUnavailableException if one step of that takes longer
         */
        void catchUp(Duration longest) throws InterruptedException;

        /**
         * Returns when all has been taken that lies before an offset.
         *
         * @throws LogUnavailableException if that takes longer
         */
        void awaitTaken(long offset, Duration longest) throws InterruptedException;

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
    private final LongSupplier nanoTicker;
    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable SoleWriter writer;

    /** @param patience with other changes that this process makes before, and with one reading of the log */
    public SerialChanges(
            SoleWriter.Opening opening,
            Log log,
            Duration patience,
            Pause pause,
            RandomGenerator random,
            LongSupplier nanoTicker) {
        this.opening = opening;
        this.log = log;
        this.patience = patience;
        this.pause = pause;
        this.random = random;
        this.nanoTicker = nanoTicker;
    }

    /**
     * Returns when the change is durable and has been taken here, too, unless that takes long.
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
        long begun = nanoTicker.getAsLong();
        Optional<Doubtful<T>> doubtful = Optional.empty();
        Exception last = new IllegalStateException("nothing was tried");
        for (int attempt = 1; ; attempt++) {
            boolean over = attempt > MOST_ATTEMPTS || leftSince(begun).isZero();
            if (over && doubtful.isEmpty()) {
                throw overtaken(attempt - 1, last);
            }
            SoleWriter its = caughtUp(begun, doubtful.isPresent());
            if (doubtful.isPresent() && log.hasTaken(doubtful.get().offset())) {
                return doubtful.get().answer();
            }
            if (over) {
                throw overtaken(attempt - 1, last);
            }
            doubtful = Optional.empty();
            Decision<T> decision = change.get();
            if (decision.records().isEmpty()) {
                return decision.answer();
            }
            switch (written(its, decision.records())) {
                case Outcome.Written(long end) -> {
                    awaitTaken(end);
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

    private static LogUnavailableException overtaken(int attempts, Exception last) {
        return new LogUnavailableException(
                "others were faster, or Kafka was slow, %d times in a row within %s (%s)"
                        .formatted(attempts, LONGEST, LogUnavailableException.rootOf(last)),
                "Wait a moment",
                last);
    }

    private Duration leftSince(long begun) {
        return Duration.ofNanos(Math.max(0, LONGEST.toNanos() - (nanoTicker.getAsLong() - begun)));
    }

    /** What became of the last attempt is looked for also when its time is over, but not for long. */
    private Duration patienceSince(long begun) {
        Duration left = leftSince(begun);
        if (left.compareTo(patience) > 0) {
            return patience;
        }
        return left.compareTo(SHORT) < 0 ? SHORT : left;
    }

    /** What is committed is made. A process that has not seen it yet does so before it answers from what it knows. */
    private void awaitTaken(long end) {
        try {
            log.awaitTaken(end, SHORT);
        } catch (LogUnavailableException late) {
            LOG.debug("A change is made, but not known here yet: {}", late.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever writes now, when all that was written before is known. */
    private SoleWriter caughtUp(long begun, boolean doubtful) throws InterruptedException {
        SoleWriter kept = writer;
        if (kept != null) {
            try {
                log.catchUp(SHORT);
                return kept;
            } catch (LogUnavailableException _) {
                // Whoever has begun since may have died with a transaction open; to begin anew ends that.
                discard();
            }
        }
        try {
            SoleWriter fresh = opening.open();
            writer = fresh;
            log.catchUp(patienceSince(begun));
            return fresh;
        } catch (LogUnavailableException failure) {
            discard();
            throw doubtful ? failure.afterDoubt() : failure;
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

    /** Ends when the change has that is being made, or when patience does; its writer is then left to Kafka's time limits. */
    @Override
    public void close() {
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A change was still being made after {}", patience);
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            discard();
        } finally {
            turn.unlock();
        }
    }
}
