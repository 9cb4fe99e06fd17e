package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RequestId;
import java.util.Optional;

/** Why a stream ended without a whole answer, and what its reader can do. */
final class StreamErrors {

    private StreamErrors() {}

    static ApiError interrupted(JobId id) {
        return ApiError.server(
                409,
                "stream_interrupted",
                ("The job is run again, because the worker that streamed its answer was lost; what was sent so far is not"
                                + " part of its answer. Ask GET /v1/jobs/%s for the answer, or GET /v1/jobs/%s/stream to"
                                + " stream it from its beginning; with the header 'Genapi-Stream-Restart: reset' a stream"
                                + " goes on with the new answer. Do not send the request again.")
                        .formatted(id, id));
    }

    static ApiError notStreamed(JobId id) {
        return ApiError.invalidRequest(
                409,
                "job_not_streamed",
                "The job's answer was not streamed. Ask GET /v1/jobs/%s for it; to stream answers, submit jobs with 'stream': true."
                        .formatted(id));
    }

    static ApiError gone(JobId id) {
        return ApiError.invalidRequest(
                410,
                "stream_gone",
                "The pieces of the job's answer are not kept any longer. Ask GET /v1/jobs/%s for the whole answer, which is kept longer."
                        .formatted(id));
    }

    static ApiError timePassed(JobId id) {
        return ApiError.server(
                504, "deadline_exceeded", "The job has not ended within the time that a call may wait. " + resume(id));
    }

    /** @param id of the job, where there is one yet */
    static ApiError stopping(Optional<JobId> id) {
        return ApiError.server(
                503,
                "gateway_stopping",
                "This gateway stops before the job has ended. The job goes on. "
                        + id.map(StreamErrors::resume).orElse("Send the request to another gateway."));
    }

    static ApiError noReader(JobId id) {
        return ApiError.server(
                503,
                "too_many_streams",
                ("As many streams are followed at this gateway as genapi.gateway.stream.max-readers and max-followers"
                                + " allow. Try again in a second, or at another gateway. The job goes on. %s")
                        .formatted(resume(id)));
    }

    static ApiError unexpected(RequestId id) {
        return ApiError.server(
                500,
                "internal_error",
                "The gateway failed unexpectedly. Its log tells why, under the request id %s.".formatted(id));
    }

    private static String resume(JobId id) {
        return ("To go on, send GET /v1/jobs/%s/stream with the last event's id as the header 'Last-Event-ID', and do not"
                        + " send the request again.")
                .formatted(id);
    }
}
