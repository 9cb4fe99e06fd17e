package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import java.time.Duration;
import java.util.Optional;

/** OpenAI's {@code expires_after}: how long a file is kept from its creation on. */
final class ExpiresAfter {

    private static final int LEAST_SECONDS = 3_600;
    private static final int MOST_SECONDS = 2_592_000;

    private ExpiresAfter() {}

    /**
     * @param field its name, for the error
     * @throws ApiErrorException if it is not as OpenAI wants it
     */
    static Optional<Duration> of(String field, Optional<String> anchor, Optional<String> seconds) {
        if (anchor.isEmpty() && seconds.isEmpty()) {
            return Optional.empty();
        }
        if (anchor.filter("created_at"::equals).isEmpty()) {
            throw invalid(field + ".anchor", "Send created_at.");
        }
        int given = seconds.filter(text -> text.matches("[0-9]{1,8}"))
                .map(Integer::parseInt)
                .orElse(0);
        if (given < LEAST_SECONDS || given > MOST_SECONDS) {
            throw invalid(
                    field + ".seconds", "Send a whole number from %d to %d.".formatted(LEAST_SECONDS, MOST_SECONDS));
        }
        return Optional.of(Duration.ofSeconds(given));
    }

    private static ApiErrorException invalid(String field, String remedy) {
        return new ApiErrorException(ApiError.invalidRequest(
                400, "invalid_value", field, "Invalid value for '%s'. %s".formatted(field, remedy)));
    }
}
