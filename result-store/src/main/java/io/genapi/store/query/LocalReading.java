package io.genapi.store.query;

import io.genapi.store.job.JobState;

/** What this process' own part of the table says of a job. */
public sealed interface LocalReading {
    record Found(JobState state) implements LocalReading {}

    /** The job's partition is here, and the job is not in it now. */
    record Missing() implements LocalReading {}

    /** The job's partition is not here, or not yet ready. */
    record Elsewhere(String reason) implements LocalReading {}
}
