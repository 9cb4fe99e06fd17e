package io.genapi.schemas.kafka;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobRequest;

/** What came of reading a record of a request topic. */
public sealed interface RequestReading {

    /** The headers make a job; its body was not looked at. */
    record Accepted(JobRequest request) implements RequestReading {}

    /** The record is a job, but a header is wrong, so it ends as {@code failed} with this error. */
    record Invalid(JobRequest request, ApiError error) implements RequestReading {}

    /** The record is no job that this version knows; it belongs to the dead letters. */
    record Unreadable(String reason) implements RequestReading {}
}
