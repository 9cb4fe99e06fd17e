package io.genapi.store.job;

import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.VendorName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a job has come on its way, as its events tell.
 *
 * @param status by the latest of its events: {@code queued}, {@code running} or {@code parked}
 * @param statusAt when that event happened
 * @param startedAt when a worker first took it up
 * @param attempts the most vendor calls that an event spoke of
 * @param vendorSeen in the latest event that named one
 * @param trouble the latest
 * @param parkNumber the highest that an event spoke of: how often it was parked
 */
public record Progress(
        JobStatus status,
        Instant statusAt,
        Optional<Instant> startedAt,
        int attempts,
        Optional<VendorSeen> vendorSeen,
        Optional<Trouble> trouble,
        Optional<Integer> parkNumber) {
    static final Progress NONE = new Progress(
            JobStatus.QUEUED, Instant.EPOCH, Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty());

    Progress started(JobFact.Started fact) {
        Instant first = startedAt.filter(fact.at()::isAfter).orElse(fact.at());
        return at(JobStatus.RUNNING, fact.at(), fact.attempt(), fact.vendor()).with(Optional.of(first), trouble);
    }

    Progress attemptFailed(JobFact.AttemptFailed fact) {
        return at(JobStatus.RUNNING, fact.trouble().at(), fact.attempt(), fact.vendor())
                .with(startedAt, latest(fact.trouble()));
    }

    Progress parked(JobFact.Parked fact) {
        return at(JobStatus.PARKED, fact.trouble().at(), fact.attempt(), Optional.empty())
                .with(startedAt, latest(fact.trouble()))
                .withParkNumber(fact.number());
    }

    private Progress at(JobStatus next, Instant at, int attempt, Optional<VendorName> named) {
        // Of two events of the same instant the one that is further on its way counts, in whichever order they came.
        boolean later = at.isAfter(statusAt) || (at.equals(statusAt) && next.compareTo(status) > 0);
        return new Progress(
                later ? next : status,
                later ? at : statusAt,
                startedAt,
                Math.max(attempts, attempt),
                Stream.concat(vendorSeen.stream(), named.map(name -> new VendorSeen(at, name)).stream())
                        .max(Comparator.naturalOrder()),
                trouble,
                parkNumber);
    }

    private Progress with(Optional<Instant> startedAt, Optional<Trouble> trouble) {
        return new Progress(status, statusAt, startedAt, attempts, vendorSeen, trouble, parkNumber);
    }

    private Progress withParkNumber(Optional<Integer> number) {
        Optional<Integer> highest =
                Stream.concat(parkNumber.stream(), number.stream()).max(Comparator.naturalOrder());
        return new Progress(status, statusAt, startedAt, attempts, vendorSeen, trouble, highest);
    }

    private Optional<Trouble> latest(Trouble next) {
        return Optional.of(trouble.filter(known -> known.compareTo(next) > 0).orElse(next));
    }
}
