package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import java.io.Serial;

/** Ends the handling of a request with an error for its caller. */
final class ApiErrorException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    ApiErrorException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
