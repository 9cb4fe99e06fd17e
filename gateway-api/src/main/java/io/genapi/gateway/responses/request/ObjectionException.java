package io.genapi.gateway.responses.request;

import io.genapi.schemas.error.ApiError;
import java.io.Serial;

/** A request says what is malformed, or cannot be said to a vendor; stays inside this package. */
final class ObjectionException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    private ObjectionException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    static ObjectionException of(String code, String path, String message) {
        return new ObjectionException(ApiError.invalidRequest(400, code, path, message));
    }

    ApiError error() {
        return error;
    }
}
