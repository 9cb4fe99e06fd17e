package io.genapi.simulator.latency;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Latencies as text: {@code none}, {@code 2s}, {@code fixed:2s}, {@code uniform:min=1s,max=3s},
 * {@code lognormal:mean=2s,sigma=0.5}.
 */
public final class LatencyNotation {

    private static final String FORMS = "none, 2s, fixed:2s, uniform:min=1s,max=3s or lognormal:mean=2s,sigma=0.5";

    private LatencyNotation() {}

    /** Reads a latency; the exception's message names the offending part and the forms that exist. */
    public static Latency parse(String text) {
        String[] kindAndRest = text.strip().split(":", 2);
        if (kindAndRest.length == 1) {
            return text.strip().equals("none") ? Latency.NONE : Latency.fixed(duration(text, "latency", text));
        }
        String rest = kindAndRest[1];
        return switch (kindAndRest[0]) {
            case "fixed" -> Latency.fixed(duration(text, "latency", rest));
            case "uniform" -> {
                Map<String, String> parts = parts(text, rest, Set.of("min", "max"));
                yield Latency.uniform(duration(text, "min", parts.get("min")), duration(text, "max", parts.get("max")));
            }
            case "lognormal" -> {
                Map<String, String> parts = parts(text, rest, Set.of("mean", "sigma"));
                yield Latency.logNormal(duration(text, "mean", parts.get("mean")), sigma(text, parts.get("sigma")));
            }
            default -> throw refused(text, "'" + kindAndRest[0] + "' is no distribution");
        };
    }

    private static Map<String, String> parts(String text, String rest, Set<String> names) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : rest.split(",", -1)) {
            String[] pair = part.split("=", 2);
            String name = pair[0].strip();
            if (pair.length == 1 || !names.contains(name)) {
                throw refused(text, "'" + part + "' is not one of " + names + " with a value");
            }
            if (parts.put(name, pair[1]) != null) {
                throw refused(text, "'" + name + "' is there twice");
            }
        }
        return parts;
    }

    private static Duration duration(String text, String name, @Nullable String value) {
        if (value == null) {
            throw refused(text, "'" + name + "' is missing");
        }
        try {
            return DurationNotation.parse(name, value);
        } catch (IllegalArgumentException failure) {
            throw refused(text, failure.getMessage());
        }
    }

    private static double sigma(String text, @Nullable String value) {
        if (value == null) {
            throw refused(text, "'sigma' is missing");
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException failure) {
            throw refused(text, "sigma '" + value + "' is not a number");
        }
    }

    private static IllegalArgumentException refused(String text, @Nullable String reason) {
        return new IllegalArgumentException("latency '%s': %s; write %s".formatted(text, reason, FORMS));
    }
}
