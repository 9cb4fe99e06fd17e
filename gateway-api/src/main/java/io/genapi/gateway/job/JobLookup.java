package io.genapi.gateway.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks the store on a caller's behalf: in slices while the caller waits, and again, for a bounded time, while the store
 * cannot know, since a rebalance of its is not the caller's problem. Thread-safe.
 */
public final class JobLookup {

    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final Duration FIRST_REST = Duration.ofMillis(50);
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final JobStore store;
    private final Duration patience;
    private final BooleanSupplier stopping;
    private final InstantSource clock;
    private final Pause pause;

    /**
     * @param patience how long a store that cannot know is asked again
     * @param stopping whether nobody may wait any longer
     */
    public JobLookup(JobStore store, Duration patience, BooleanSupplier stopping, InstantSource clock, Pause pause) {
        this.store = store;
        this.patience = patience;
        this.stopping = stopping;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * @param viewer for whom there are no jobs but its own; empty for who may see all
     * @param wait how long to wait for the job's end; the answer may come later by the lookup's patience
     */
    public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) throws InterruptedException {
        Instant until = clock.instant().plus(wait);
        while (true) {
            Duration hold = shorter(notNegative(Duration.between(clock.instant(), until)), SLICE);
            StoreAnswer answer = persist(() -> store.find(id, viewer, hold));
            boolean open = answer instanceof StoreAnswer.Found(byte[] document)
                    && JobDocument.read(document)
                            .filter(job -> !job.status().isTerminal())
                            .isPresent();
            if (!open || stopping.getAsBoolean() || !clock.instant().isBefore(until)) {
                return answer;
            }
            // A store that does not hold its answer back must not be asked without end.
            pause.rest(FIRST_REST);
        }
    }

    public StoreAnswer list(JobQuery query) throws InterruptedException {
        return persist(() -> store.list(query));
    }

    private StoreAnswer persist(Supplier<StoreAnswer> question) throws InterruptedException {
        Instant giveUp = clock.instant().plus(patience);
        Duration rest = FIRST_REST;
        while (true) {
            StoreAnswer answer = question.get();
            boolean again = answer instanceof StoreAnswer.Unknown
                    && clock.instant().plus(rest).isBefore(giveUp);
            if (!again) {
                return answer;
            }
            pause.rest(rest);
            rest = shorter(rest.multipliedBy(2), LONGEST_REST);
        }
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
