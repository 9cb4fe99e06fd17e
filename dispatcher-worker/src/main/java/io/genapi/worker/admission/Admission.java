package io.genapi.worker.admission;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whether calls may start: a destination that does not work is only tried, one that asked for a rest has it, and one
 * that recovers gets as many calls as it answers rather than all that have piled up. Thread-safe.
 */
public final class Admission {

    private final Function<Destination, Breaker> breakers;
    private final AdmissionRules rules;
    private final AdmissionNews news;
    private final InstantSource clock;
    private final Map<Destination, Checkpoint> checkpoints = new ConcurrentHashMap<>();

    /** @param breakers makes a new one for each destination */
    public Admission(
            Function<Destination, Breaker> breakers, AdmissionRules rules, AdmissionNews news, InstantSource clock) {
        this.breakers = breakers;
        this.rules = rules;
        this.news = news;
        this.clock = clock;
    }

    /** Leave to make a call now, if it may be made. */
    public Optional<Permit> admit(Destination destination) {
        return checkpoint(destination).admit();
    }

    /** How many more calls may start now. */
    public int room(Destination destination) {
        return checkpoint(destination).room();
    }

    public Standing standing(Destination destination) {
        return checkpoint(destination).standing();
    }

    /** Whether it did the work of a call that started after that. */
    public boolean hasServedSince(Destination destination, Instant start) {
        return checkpoint(destination).lastServedStart().isAfter(start);
    }

    /** A job that tried often enough knows that the destination is down, though too few calls were made to tell. */
    public void suspend(Destination destination) {
        checkpoint(destination).suspend();
    }

    private Checkpoint checkpoint(Destination destination) {
        return checkpoints.computeIfAbsent(
                destination, key -> new Checkpoint(key, breakers.apply(key), rules, news, clock));
    }
}
