package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What a caller does when its job is run again after it got some pieces: by {@code Genapi-Stream-Restart}. */
final class StreamRestart {

    private static final String RESET = "reset";

    private StreamRestart() {}

    /**
     * Whether the caller drops what it has when it is told so, and takes the pieces of the new run.
     *
     * @throws ApiErrorException if it says something that is not understood
     */
    static boolean isAgreed(HttpServletRequest request) {
        Optional<String> given = Optional.ofNullable(request.getHeader(HttpHeaderNames.STREAM_RESTART));
        if (given.isPresent() && !given.get().equals(RESET)) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "invalid_header",
                    HttpHeaderNames.STREAM_RESTART,
                    "Invalid value for header '%s'. Send '%s' where the client can drop what it has and begin anew, or leave it out."
                            .formatted(HttpHeaderNames.STREAM_RESTART, RESET)));
        }
        return given.isPresent();
    }
}
