package io.genapi.worker.dispatch;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Breaker;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.admission.Standing;
import io.genapi.worker.attempt.Attempt;
import io.genapi.worker.attempt.History;
import io.genapi.worker.attempt.Prospect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a job can expect of its candidates. Thread-safe. */
final class Outlook {

    private final Admission admission;
    private final InstantSource clock;

    Outlook(Admission admission, InstantSource clock) {
        this.admission = admission;
        this.clock = clock;
    }

    /** @param history with at least one attempt since the job was last parked */
    Prospect after(History history, List<Candidate> candidates) {
        List<Attempt> attempts = history.since();
        List<Candidate> left = history.left(candidates);
        boolean untriedAdmitted = left.stream()
                .filter(candidate -> !history.hasTried(candidate))
                .anyMatch(candidate -> admission.room(Destination.of(candidate)) > 0);
        Optional<Instant> nextCall = left.stream()
                .map(this::standing)
                .filter(standing -> standing.breaker() == Breaker.State.CLOSED)
                .map(Standing::nextCall)
                .min(Comparator.naturalOrder());
        boolean servedOthers =
                admission.hasServedSince(Destination.of(attempts.getLast().candidate()), history.triedSince());
        return new Prospect(
                untriedAdmitted, !left.isEmpty(), nextCall.map(at -> later(at, clock.instant())), servedOthers);
    }

    /** Whether one of them takes calls at all now. */
    boolean anyWorks(List<Candidate> candidates) {
        Instant now = clock.instant();
        return candidates.stream()
                .map(this::standing)
                .anyMatch(standing -> standing.breaker() != Breaker.State.OPEN
                        && !standing.restsUntil().isAfter(now));
    }

    /** Whether a call to one of them may start now. */
    boolean anyRoom(List<Candidate> candidates) {
        return candidates.stream().anyMatch(candidate -> admission.room(Destination.of(candidate)) > 0);
    }

    /** The one that will be the first to take calls again, as far as is known. */
    Candidate first(List<Candidate> candidates) {
        return candidates.stream()
                .min(Comparator.comparing(candidate -> standing(candidate).nextCall()))
                .orElseThrow(() -> new IllegalArgumentException("a served job has candidates"));
    }

    Instant nextCall(Candidate candidate) {
        return later(standing(candidate).nextCall(), clock.instant());
    }

    private Standing standing(Candidate candidate) {
        return admission.standing(Destination.of(candidate));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
