package io.genapi.worker.cancel;

import io.genapi.schemas.job.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The cancelled jobs that this worker knows of, and those that it works on. A cancellation interrupts the thread that
 * works on its job, and only while it does: whoever works learns from the interrupt alone, and what comes after the work
 * is never disturbed. Thread-safe.
 */
public final class Cancellations {

    private final int capacity;
    private final SequencedSet<JobId> cancelled = new LinkedHashSet<>();
    private final Map<JobId, List<Run>> running = new HashMap<>();
    private long forgotten;

    /** One thread at work on one job; guarded by the cancellations' lock. */
    private static final class Run {

        private final Thread thread = Thread.currentThread();
        private boolean interrupted;

        void interrupt() {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** @param capacity how many cancelled jobs are remembered, at least 1; then the oldest are forgotten */
    public Cancellations(int capacity) {
        this.capacity = capacity;
    }

    /** From now on the job is cancelled: it stops where it runs here, and does not begin. Any id will do, any time. */
    public synchronized void cancel(JobId id) {
        // The newest cancellations are kept, so one that is told again moves to the end.
        var _ = cancelled.remove(id);
        cancelled.addLast(id);
        if (cancelled.size() > capacity) {
            var _ = cancelled.removeFirst();
            forgotten++;
        }
        running.getOrDefault(id, List.of()).forEach(Run::interrupt);
    }

    /**
     * Works on a job on the calling thread; empty if the job is cancelled before that or before the work is done. Work
     * that is done when a cancellation comes keeps what came of it.
     *
     * @throws InterruptedException if the thread is interrupted for another reason
     */
    public <T> Optional<T> during(JobId id, Work<T> work) throws InterruptedException {
        Optional<Run> begun = begin(id);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        Run run = begun.get();
        boolean over = false;
        try {
            return Optional.of(work.run());
        } catch (InterruptedException interrupted) {
            over = true;
            if (end(id, run)) {
                return Optional.empty();
            }
            throw interrupted;
        } finally {
            if (!over) {
                end(id, run);
            }
        }
    }

    /** The job has its end, so nothing need be known of it any longer. */
    public synchronized void ended(JobId id) {
        var _ = cancelled.remove(id);
    }

    /** How many cancelled jobs are remembered. */
    public synchronized int size() {
        return cancelled.size();
    }

    /** How many were forgotten because there were too many. */
    public synchronized long forgotten() {
        return forgotten;
    }

    private synchronized Optional<Run> begin(JobId id) {
        if (cancelled.contains(id)) {
            return Optional.empty();
        }
        Run run = new Run();
        running.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(run);
        return Optional.of(run);
    }

    /** Whether a cancellation interrupted the work. Its thread is left without that interrupt, whether it saw it or not. */
    private synchronized boolean end(JobId id, Run run) {
        running.computeIfPresent(id, (_, runs) -> {
            runs.remove(run);
            return runs.isEmpty() ? null : runs;
        });
        if (run.interrupted) {
            // A stop of the process that came at the same moment is lost with it, and only costs a result being
            // published.
            Thread.interrupted();
        }
        return run.interrupted;
    }
}
