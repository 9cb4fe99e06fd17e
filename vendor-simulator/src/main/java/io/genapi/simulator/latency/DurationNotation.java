package io.genapi.simulator.latency;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, {@code 0}. */
public final class DurationNotation {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|ms|s|m|h)");

    private DurationNotation() {}

    /** Reads a duration; the message of the exception names the field. */
    public static Duration parse(String field, String text) {
        if (text.strip().equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "%s: '%s' is not a duration; write a number and a unit (us, ms, s, m, h), such as 250ms or 1.5s"
                            .formatted(field, text));
        }
        long nanosPerUnit = switch (matcher.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosPerUnit));
        return Duration.ofSeconds(
                nanos.divideToIntegralValue(BigDecimal.valueOf(1_000_000_000)).longValueExact(),
                nanos.setScale(0, RoundingMode.DOWN)
                        .remainder(BigDecimal.valueOf(1_000_000_000))
                        .longValueExact());
    }

    /** Writes a duration so that {@link #parse} reads the same value, to the microsecond. */
    public static String print(Duration duration) {
        BigDecimal micros = BigDecimal.valueOf(duration.toNanos() / 1_000);
        return micros.movePointLeft(6).stripTrailingZeros().toPlainString() + "s";
    }
}
