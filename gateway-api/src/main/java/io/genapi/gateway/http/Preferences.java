package io.genapi.gateway.http;

import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller prefers, by its {@code Prefer} headers (<a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>):
 * names are read without regard to case, of a repeated preference the first counts, what is not understood is ignored.
 *
 * @param patience how long the caller wants to wait, in whole seconds
 */
record Preferences(boolean respondAsync, Optional<Duration> patience) {

    /** Longer waits than this are no preference that anybody could honour; also keeps arithmetic away from overflow. */
    private static final long LONGEST_WAIT_SECONDS = 86_400;

    static Preferences read(List<String> headers) {
        Map<String, String> given = new HashMap<>();
        for (String header : headers) {
            for (String preference : header.split(",", -1)) {
                String[] parts = preference.split(";", 2)[0].split("=", 2);
                given.putIfAbsent(
                        parts[0].strip().toLowerCase(Locale.ROOT), parts.length == 2 ? unquoted(parts[1].strip()) : "");
            }
        }
        return new Preferences(
                given.containsKey("respond-async"),
                Optional.ofNullable(given.get("wait")).flatMap(Preferences::seconds));
    }

    static Preferences read(Enumeration<String> headers) {
        return read(Collections.list(headers));
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT_SECONDS)))
                : Optional.empty();
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
