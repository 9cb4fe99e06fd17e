package io.genapi.gateway.openapi;

import io.genapi.schemas.error.ApiError;
import java.util.List;

/**
 * One error that an operation may answer with.
 *
 * @param error as a caller may get it
 * @param headers that come with it, beside those of every response
 */
public record Fault(ApiError error, List<ResponseHeader> headers) {

    public Fault {
        headers = List.copyOf(headers);
    }

    public static Fault of(ApiError error, ResponseHeader... headers) {
        return new Fault(error, List.of(headers));
    }

    /** What went wrong, for programs; unique among the faults of one status. */
    String code() {
        return error.code().orElseThrow();
    }
}
