package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;

/** What is said of responses that are not there. */
final class ResponseAnswers {

    private ResponseAnswers() {}

    /** @param id as the caller gave it */
    static ApiErrorException notFound(String id) {
        return new ApiErrorException(ApiError.invalidRequest(
                404,
                "response_not_found",
                "response_id",
                "Response with id '%s' not found. It may have been deleted, made with 'store': false, or its retention is over."
                        .formatted(SentText.excerpt(id))));
    }
}
