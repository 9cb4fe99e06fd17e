package io.genapi.schemas.job;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * One start of a job's stream of pieces, eight lower-case hex digits. A job may be run again, by another worker after a
 * crash; pieces of different runs never belong to one answer.
 */
public record RunId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}");

    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a RunId must be eight lower-case hex digits, not '" + value + "'");
        }
    }

    public static RunId random(RandomGenerator random) {
        return new RunId(HexFormat.of().toHexDigits(random.nextInt()));
    }

    @Override
    public String toString() {
        return value;
    }
}
