package io.genapi.store.topology;

import io.genapi.store.job.JobFact;
import java.util.Optional;

/** What a record says to the store. */
sealed interface RecordReading {
    /** News of a job that belongs to the record's own partition. */
    record Fact(JobFact fact) implements RecordReading {}

    /** A job whose state belongs to another partition than its request lies in. */
    record Foreign(JobFact.Requested fact) implements RecordReading {}

    /** The request that a record is, if it is one. */
    static Optional<JobFact.Requested> requested(RecordReading reading) {
        return switch (reading) {
            case Fact(JobFact.Requested fact) -> Optional.of(fact);
            case Foreign(JobFact.Requested fact) -> Optional.of(fact);
            case Fact _, Skipped _ -> Optional.empty();
        };
    }

    /** Nothing that this version understands. */
    record Skipped(String reason) implements RecordReading {}
}
