package io.genapi.worker.dialect;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How long Google asks to be left alone, which it says in an error's details rather than in a header, whatever the
 * dialect ({@code google.rpc.RetryInfo} in <a href="https://google.aip.dev/193">AIP-193</a>).
 */
public final class RetryInfo {

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,8}(?:\\.\\d{1,9})?)s");

    private RetryInfo() {}

    /**
     * The wish, never negative; empty where there is none that can be understood.
     *
     * @param error a {@code google.rpc.Status}, or anything
     */
    public static Optional<Duration> of(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            Matcher delay = SECONDS.matcher(detail.path("retryDelay").stringValue(""));
            if (delay.matches()) {
                return Optional.of(Duration.ofNanos(
                        new BigDecimal(delay.group(1)).movePointRight(9).longValue()));
            }
        }
        return Optional.empty();
    }
}
