package io.genapi.worker.dialect.openai;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.worker.dialect.VendorResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers">OpenAI's rate limit headers</a>. A
 * limit may be one of a day, which the headers do not say; nothing that is used up within a minute is back after one then.
 */
final class RateLimitHeaders {

    private static final Duration MINUTE = Duration.ofSeconds(61);

    /** Such as {@code 6m0s}, {@code 8.64s} or {@code 17ms}. */
    private static final Pattern RESET =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,8}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");

    private RateLimitHeaders() {}

    static RateLimits in(VendorResponse response) {
        return new RateLimits(perMinute(response, "requests"), perMinute(response, "tokens"));
    }

    private static OptionalLong perMinute(VendorResponse response, String what) {
        Optional<Duration> reset = response.header("x-ratelimit-reset-" + what).flatMap(RateLimitHeaders::duration);
        return reset.isPresent() && reset.get().compareTo(MINUTE) <= 0
                ? response.count("x-ratelimit-limit-" + what)
                : OptionalLong.empty();
    }

    static Optional<Duration> duration(String text) {
        Matcher parts = RESET.matcher(text.strip());
        if (text.isBlank() || !parts.matches()) {
            return Optional.empty();
        }
        double seconds = number(parts, 1) * 3_600 + number(parts, 2) * 60 + number(parts, 3) + number(parts, 4) / 1_000;
        return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private static double number(Matcher parts, int group) {
        String text = parts.group(group);
        return text == null ? 0 : Double.parseDouble(text);
    }
}
