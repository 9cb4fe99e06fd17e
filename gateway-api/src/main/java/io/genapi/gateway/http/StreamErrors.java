package io.genapi.gateway.http;

import io.genapi.gateway.responses.ResponseId;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RequestId;

/**
 * Why a stream ended without a whole answer, and what its reader can do.
 *
 * @param answer asks for the whole answer
 * @param stream streams it from its beginning
 * @param resumption goes on behind what the reader has
 * @param otherwise what else helps a reader whose job is run again; empty, or a sentence with a blank in front
 */
record StreamErrors(String answer, String stream, String resumption, String otherwise) {

    static StreamErrors ofJob(JobId id) {
        String stream = "GET /v1/jobs/%s/stream".formatted(id);
        return new StreamErrors(
                "GET /v1/jobs/" + id,
                stream,
                stream + " with the last event's id as the header 'Last-Event-ID'",
                " With the header 'Genapi-Stream-Restart: reset' a stream goes on with the new answer.");
    }

    static StreamErrors ofResponse(JobId id) {
        String answer = "GET /v1/responses/" + new ResponseId(id);
        return new StreamErrors(
                answer,
                answer + "?stream=true",
                answer + "?stream=true&starting_after=N with the last event's sequence_number as N",
                "");
    }

    ApiError interrupted() {
        return ApiError.server(
                409,
                "stream_interrupted",
                ("The job is run again, because the worker that streamed its answer was lost; what was sent so far is not"
                                + " part of its answer. Ask %s for the answer, or %s to stream it from its beginning.%s Do"
                                + " not send the request again.")
                        .formatted(answer, stream, otherwise));
    }

    ApiError notStreamed() {
        return ApiError.invalidRequest(
                409,
                "job_not_streamed",
                "The job's answer was not streamed. Ask %s for it; to stream answers, submit jobs with 'stream': true."
                        .formatted(answer));
    }

    ApiError gone() {
        return ApiError.invalidRequest(
                410,
                "stream_gone",
                "The pieces of the job's answer are not kept any longer. Ask %s for the whole answer, which is kept longer."
                        .formatted(answer));
    }

    ApiError timePassed() {
        return ApiError.server(
                504, "deadline_exceeded", "The job has not ended within the time that a call may wait. " + resume());
    }

    ApiError stopping() {
        return ApiError.server(
                503, "gateway_stopping", "This gateway stops before the job has ended. The job goes on. " + resume());
    }

    /** Where there is no job yet. */
    static ApiError stoppingEarly() {
        return ApiError.server(
                503,
                "gateway_stopping",
                "This gateway stops before the job has ended. The job goes on. Send the request to another gateway.");
    }

    ApiError noReader() {
        return ApiError.server(
                503,
                "too_many_streams",
                ("As many streams are followed at this gateway as genapi.gateway.stream.max-readers and max-followers"
                                + " allow. Try again in a second, or at another gateway. The job goes on. %s")
                        .formatted(resume()));
    }

    static ApiError unexpected(RequestId id) {
        return ApiError.server(
                500,
                "internal_error",
                "The gateway failed unexpectedly. Its log tells why, under the request id %s.".formatted(id));
    }

    private String resume() {
        return "To go on, send %s, and do not send the request again.".formatted(resumption);
    }
}
