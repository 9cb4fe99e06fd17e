package io.genapi.store.query;

import io.genapi.store.job.JobState;
import java.util.Optional;

/** What can be said of a job that somebody asked for. */
@SuppressWarnings("ArrayRecordComponent") // A payload is handed on, never copied or compared.
public sealed interface JobAnswer {
    /** @param payload of the result, if the job has ended */
    record Found(JobState state, Optional<byte[]> payload) implements JobAnswer {}

    /** There is no such job, for certain. */
    record Absent() implements JobAnswer {}

    /** The job has ended, but its payload is no more. */
    record PayloadGone(JobState state) implements JobAnswer {}

    /** Somebody wanted that what came of the job is handed out no longer. */
    record Deleted(JobState state) implements JobAnswer {}

    /** Nothing can be said now; asking again helps. */
    record Unknown(String reason) implements JobAnswer {}
}
