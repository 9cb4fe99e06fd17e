package io.genapi.store.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * {@code Retry-After}, in seconds or as a date
 * (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110</a>).
 */
final class RetryAfter {

    /** What is longer is a mistake, or as good as never. */
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private RetryAfter() {}

    /** The wish, never negative; empty where it cannot be understood. */
    static Optional<Duration> read(String text, Instant now) {
        String stripped = text.strip();
        try {
            long seconds = stripped.matches("[0-9]{1,10}")
                    ? Long.parseLong(stripped)
                    : Math.max(0, Duration.between(now, date(stripped)).toSeconds());
            return seconds <= LONGEST_SECONDS ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    }
}
