package io.genapi.gateway.http;

import io.genapi.gateway.submit.CallerTime;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how much time a caller gives: {@code Genapi-Deadline}, and the timeouts that OpenAI's SDKs tell of themselves.
 * Thread-safe.
 *
 * @see <a href="https://github.com/openai/openai-node/blob/master/src/client.ts">{@code X-Stainless-Timeout}: whole
 *     seconds, rounded down, until the response's headers have come</a>
 * @see <a href="https://github.com/openai/openai-python/blob/main/src/openai/_base_client.py">
 *     {@code X-Stainless-Read-Timeout}: seconds of silence on the connection</a>
 */
final class TimeHeaders {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,18})?");

    /** As Python writes a timeout that never comes. */
    private static final String NEVER = "inf";

    /** What an answer needs on its way is taken off an SDK's timeout: this part of it, and never more than that. */
    private static final int MARGIN_PART = 10;

    private static final Duration LARGEST_MARGIN = Duration.ofSeconds(5);

    private final Duration latest;
    private final InstantSource clock;

    /** @param latest how far ahead a job's deadline may lie */
    TimeHeaders(Duration latest, InstantSource clock) {
        this.latest = latest;
        this.clock = clock;
    }

    /** @throws ApiErrorException if a header is not understood, or names a time that cannot be */
    CallerTime read(HttpServletRequest request) {
        return read(
                request.getHeader(HttpHeaderNames.DEADLINE),
                request.getHeader(HttpHeaderNames.SDK_TIMEOUT),
                request.getHeader(HttpHeaderNames.SDK_READ_TIMEOUT));
    }

    CallerTime read(@Nullable String deadline, @Nullable String timeout, @Nullable String readTimeout) {
        Optional<Duration> patience = Stream.of(
                        patience(HttpHeaderNames.SDK_TIMEOUT, timeout),
                        patience(HttpHeaderNames.SDK_READ_TIMEOUT, readTimeout))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        return new CallerTime(Optional.ofNullable(deadline).map(this::deadline), patience);
    }

    private Instant deadline(String given) {
        Instant now = clock.instant();
        Instant deadline = SECONDS.matcher(given).matches() ? now.plus(seconds(given)) : instant(given);
        if (!deadline.isAfter(now)) {
            throw invalid(HttpHeaderNames.DEADLINE, given, "is over already", "Send a time in the future");
        }
        if (deadline.isAfter(now.plus(latest))) {
            throw invalid(
                    HttpHeaderNames.DEADLINE,
                    given,
                    "is later than Kafka keeps the job",
                    "Send a time within %s (genapi.kafka.retention)".formatted(inWords(latest)));
        }
        return deadline;
    }

    private static Instant instant(String given) {
        try {
            return Instant.parse(given);
        } catch (DateTimeParseException malformed) {
            throw invalid(
                    HttpHeaderNames.DEADLINE,
                    given,
                    "is no time",
                    "Send an RFC 3339 instant such as 2026-01-31T12:00:00Z, or seconds from now such as 90");
        }
    }

    /** Empty also for zero: SDKs round down, so that it says no more than that there is a timeout. */
    private static Optional<Duration> patience(String header, @Nullable String given) {
        if (given == null || given.equals(NEVER)) {
            return Optional.empty();
        }
        if (!SECONDS.matcher(given).matches()) {
            throw invalid(header, given, "is no number of seconds", "Send seconds such as 60 or 0.5, or leave it out");
        }
        Duration timeout = seconds(given);
        Duration part = timeout.dividedBy(MARGIN_PART);
        return Optional.of(timeout.minus(part.compareTo(LARGEST_MARGIN) < 0 ? part : LARGEST_MARGIN))
                .filter(Duration::isPositive);
    }

    private static Duration seconds(String number) {
        return Duration.ofNanos(new BigDecimal(number).movePointRight(9).longValue());
    }

    private static String inWords(Duration duration) {
        return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toSeconds() + " s";
    }

    private static ApiErrorException invalid(String header, String given, String fault, String remedy) {
        return new ApiErrorException(ApiError.invalidRequest(
                400,
                "invalid_header",
                header,
                "Invalid value for header '%s': '%s' %s. %s."
                        .formatted(header, SentText.excerpt(given), fault, remedy)));
    }
}
