package io.genapi.worker.intake;

import io.genapi.worker.attempt.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs in from its start until it is closed: a consumer that fails is replaced, after a back-off, as often as that
 * needs. What a failed one had begun goes on. Thread-safe.
 */
public final class Intake implements AutoCloseable {

    /** Between two looks at the consumer. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Who lived that long is well; its failure is a new one. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final Supplier<IntakeRun> runs;
    private final IntakeListener listener;
    private final Pause pause;
    private final LongSupplier nanos;
    private final RandomGenerator random;

    private final Thread watch;
    private final List<IntakeRun> failed = new ArrayList<>();
    private @Nullable IntakeRun current;
    private long startedAt;
    private int failures;
    /** A member of a large group may lose its last partition and is well all the same. */
    private boolean joined;

    private Optional<String> trouble = Optional.empty();
    private boolean closed;

    /**
     * @param runs makes consumers that are not started yet; what it throws is a failure like others
     * @param pause between two looks, on a thread of its own
     * @param nanos a ticker for durations, such as {@link System#nanoTime}
     */
    public Intake(
            Supplier<IntakeRun> runs,
            IntakeListener listener,
            Pause pause,
            LongSupplier nanos,
            RandomGenerator random) {
        this.runs = runs;
        this.listener = listener;
        this.pause = pause;
        this.nanos = nanos;
        this.random = random;
        this.watch = Thread.ofVirtual().name("genapi-intake").unstarted(this::watch);
    }

    /**
     * Begins to take jobs.
     *
     * @throws RuntimeException if the first consumer cannot be made; that is a matter of settings, not of time
     */
    public void start() {
        open();
        watch.start();
    }

    /** How many jobs it works on. */
    public synchronized int inFlight() {
        return (current == null ? 0 : current.inFlight())
                + failed.stream().mapToInt(IntakeRun::inFlight).sum();
    }

    /**
     * Another worker claims these partitions: takes no more jobs of them, unless Kafka confirms that they are this one's.
     *
     * @return the offsets of the jobs that it has in hand, those of failed consumers among them
     */
    public Map<Partition, Set<Long>> cede(Set<Partition> partitions) {
        List<IntakeRun> all;
        synchronized (this) {
            all = new ArrayList<>(failed);
            if (current != null) {
                all.add(current);
            }
        }
        Map<Partition, Set<Long>> inHand = new HashMap<>();
        for (IntakeRun run : all) {
            run.cede(partitions)
                    .forEach((partition, offsets) -> inHand.computeIfAbsent(partition, _ -> new HashSet<>())
                            .addAll(offsets));
        }
        return inHand;
    }

    /** Why it takes no jobs, in a sentence; empty when it does. */
    public synchronized Optional<String> problem() {
        if (current == null) {
            return trouble.or(() -> Optional.of("the intake is not started"));
        }
        Optional<String> failure = current.failure();
        if (failure.isPresent()) {
            return failure;
        }
        joined |= current.isAssigned();
        return joined
                ? Optional.empty()
                : trouble.or(() -> Optional.of("no partition of the request topics is assigned yet"));
    }

    /** Lets what runs finish within the grace; returns when that is done. */
    @Override
    public void close() {
        List<IntakeRun> last;
        synchronized (this) {
            closed = true;
            last = new ArrayList<>(failed);
            if (current != null) {
                // It waits also for what its predecessors began and it took over; they must not be cut off before.
                last.addFirst(current);
            }
        }
        watch.interrupt();
        last.forEach(IntakeRun::close);
    }

    private void watch() {
        try {
            for (Duration next = LOOK; !Thread.currentThread().isInterrupted(); next = turn()) {
                pause.pause(next);
            }
        } catch (InterruptedException closing) {
            // The thread has nothing else to do.
        }
    }

    /**
     * Looks at the consumer once, or makes a new one.
     *
     * @return until the next turn
     */
    synchronized Duration turn() {
        if (closed) {
            return LOOK;
        }
        failed.removeIf(Intake::hasEnded);
        if (current == null) {
            return replace();
        }
        Optional<String> failure = current.failure();
        if (failure.isPresent()) {
            failures = isSteady() ? 0 : failures;
            failed.add(current);
            return backOff(failure.get());
        }
        return LOOK;
    }

    private Duration replace() {
        try {
            open();
            return LOOK;
        } catch (RuntimeException failure) {
            return backOff("no consumer could be made: " + failure);
        }
    }

    private synchronized void open() {
        IntakeRun run = runs.get();
        run.start();
        current = run;
        startedAt = nanos.getAsLong();
        joined = false;
    }

    private Duration backOff(String reason) {
        current = null;
        trouble = Optional.of(reason);
        failures++;
        Duration next = Backoff.after(failures, random.nextDouble());
        listener.failed(reason, next);
        return next;
    }

    private boolean isSteady() {
        return nanos.getAsLong() - startedAt >= STEADY.toNanos();
    }

    private static boolean hasEnded(IntakeRun run) {
        if (run.inFlight() > 0) {
            return false;
        }
        run.close();
        return true;
    }
}
