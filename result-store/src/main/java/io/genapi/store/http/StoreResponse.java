package io.genapi.store.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;
import io.genapi.store.query.JobAnswer;
import java.util.Optional;

/** A status and a body of JSON. */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on, never copied or compared.
record StoreResponse(int status, byte[] body) {
    static StoreResponse of(JobId id, JobAnswer answer) {
        return switch (answer) {
            case JobAnswer.Found(JobState state, Optional<byte[]> payload) ->
                new StoreResponse(200, JobDocument.write(state, payload));
            case JobAnswer.Absent() -> absent(id.value());
            case JobAnswer.PayloadGone(JobState state) ->
                error(ApiError.invalidRequest(
                        410,
                        "job_result_expired",
                        "The result of job '%s' (%s) is older than the retention and was deleted. Submit the request again."
                                .formatted(id, state.status().wireName())));
            case JobAnswer.Deleted(JobState state) -> deleted(state.id());
            case JobAnswer.Unknown(String reason) -> unknown(reason);
        };
    }

    static StoreResponse deleted(JobId id) {
        return error(ApiError.invalidRequest(
                410,
                "job_result_deleted",
                "The result of job '%s' was deleted, and so is its request. Submit the request again if its answer is wanted after all."
                        .formatted(id)));
    }

    static StoreResponse absent(String id) {
        return error(ApiError.invalidRequest(
                404,
                "job_not_found",
                "id",
                "There is no job '%s'. It may be older than the retention; check the id.".formatted(id)));
    }

    static StoreResponse unknown(String reason) {
        return error(ApiError.server(
                503, "job_state_unknown", "This cannot be answered at the moment: " + reason + ". Ask again shortly."));
    }

    static StoreResponse error(ApiError error) {
        return new StoreResponse(error.status(), error.toJson());
    }
}
