package io.genapi.store.topology;

import io.genapi.store.job.JobFact;

/** What a record says to the store. */
sealed interface RecordReading {
    /** News of a job that belongs to the record's own partition. */
    record Fact(JobFact fact) implements RecordReading {}

    /** A job whose state belongs to another partition than its request lies in. */
    record Foreign(JobFact.Requested fact) implements RecordReading {}

    /** Nothing that this version understands. */
    record Skipped(String reason) implements RecordReading {}
}
