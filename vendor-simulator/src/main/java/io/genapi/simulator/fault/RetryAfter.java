package io.genapi.simulator.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a vendor asks to be tried again: the standard header in whole seconds, OpenAI's {@code retry-after-ms}, both or
 * neither.
 */
public record RetryAfter(OptionalLong seconds, OptionalLong millis) {

    public static final RetryAfter NONE = new RetryAfter(OptionalLong.empty(), OptionalLong.empty());

    public RetryAfter {
        if (seconds.orElse(0) < 0 || millis.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "retry-after: %s seconds and %s ms, but neither may be negative".formatted(seconds, millis));
        }
    }

    public static RetryAfter ofSeconds(long seconds) {
        return new RetryAfter(OptionalLong.of(seconds), OptionalLong.empty());
    }

    public static RetryAfter ofMillis(long millis) {
        return new RetryAfter(OptionalLong.empty(), OptionalLong.of(millis));
    }

    /** The wish itself, the more exact one where there are two. */
    public Optional<Duration> duration() {
        return millis.isPresent()
                ? Optional.of(Duration.ofMillis(millis.getAsLong()))
                : seconds.stream().mapToObj(Duration::ofSeconds).findFirst();
    }

    /** The response headers that say so. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        seconds.ifPresent(value -> headers.put("retry-after", Long.toString(value)));
        millis.ifPresent(value -> headers.put("retry-after-ms", Long.toString(value)));
        return headers;
    }
}
