package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who waits for the end of which job. Thread-safe. */
public final class Waiters {
    private final Map<JobId, Set<Waiter>> waiters = new ConcurrentHashMap<>();

    /** Why a wait is over. */
    @SuppressWarnings("ArrayRecordComponent") // A payload is handed on, never copied or compared.
    public sealed interface Wake {
        /** The job has ended. */
        record Ended(JobState state, byte[] payload) implements Wake {}

        /** The job's state has left this process: somebody else will see its end. */
        record Lost() implements Wake {}
    }

    /** One wait; close it in the end. */
    public final class Waiter implements AutoCloseable {
        private final JobId id;
        private final int partition;
        private final CompletableFuture<Wake> wake = new CompletableFuture<>();

        private Waiter(JobId id, int partition) {
            this.id = id;
            this.partition = partition;
        }

        /** What ends the wait; empty when the time is up. */
        public Optional<Wake> await(Duration atMost) throws InterruptedException {
            try {
                return Optional.of(wake.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException timeUp) {
                return Optional.empty();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("a wait never fails", impossible);
            }
        }

        @Override
        public void close() {
            waiters.computeIfPresent(id, (_, together) -> {
                together.remove(this);
                return together.isEmpty() ? null : together;
            });
        }
    }

    /** A wait from now on: an end that comes after this call wakes it. */
    public Waiter waitFor(JobId id, int partition) {
        Waiter waiter = new Waiter(id, partition);
        waiters.compute(id, (_, known) -> {
            Set<Waiter> together = known == null ? ConcurrentHashMap.newKeySet() : known;
            together.add(waiter);
            return together;
        });
        return waiter;
    }

    public void ended(JobState state, byte[] payload) {
        waiters.getOrDefault(state.id(), Set.of())
                .forEach(waiter -> waiter.wake.complete(new Wake.Ended(state, payload)));
    }

    /** The states of a partition have left this process. */
    public void lost(int partition) {
        waiters.values().stream()
                .flatMap(Set::stream)
                .filter(waiter -> waiter.partition == partition)
                .forEach(waiter -> waiter.wake.complete(new Wake.Lost()));
    }

    /** Waits that go on. */
    public int count() {
        return waiters.values().stream().mapToInt(Set::size).sum();
    }
}
