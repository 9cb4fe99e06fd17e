package io.genapi.worker.dialect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long a vendor asks to be left alone: {@code retry-after-ms}, as OpenAI sends it, or else {@code Retry-After} in
 * seconds or as a date (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110</a>).
 */
public final class RetryAfter {

    /** What is longer is a mistake, or as good as never. */
    private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private RetryAfter() {}

    /** The wish, never negative; empty where there is none that can be understood. */
    public static Optional<Duration> of(VendorResponse response) {
        return response.header("retry-after-ms")
                .flatMap(text -> seconds(text, 0.001))
                .or(() -> response.header("retry-after")
                        .flatMap(text -> seconds(text, 1).or(() -> untilDate(text, response.receivedAt()))));
    }

    private static Optional<Duration> seconds(String text, double unit) {
        try {
            double seconds = Double.parseDouble(text.strip()) * unit;
            return seconds >= 0 && seconds <= LONGEST_SECONDS
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
                    : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
            Duration wait = Duration.between(now, date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
