package io.genapi.runtime.blob;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of one blob. It is of the broker's own making: no part of it is a path, or anything that a caller chose.
 *
 * @param value 1 to 128 lower-case letters, digits and hyphens; begins with a letter or digit
 */
public record BlobKey(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,127}");

    private static final String CLAIM = "claim-";

    private static final int TIME_DIGITS = 12;

    private static final Pattern MINTED = Pattern.compile("(" + CLAIM + ")?[0-9a-f]{12}-[0-9a-f]{32}");

    public BlobKey {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no blob key: expected [a-z0-9-], 1 to 128 of them");
        }
    }

    /** A key that nobody else draws; it begins with the time, so that listings are in the order of creation. */
    public static BlobKey mint(Instant now, RandomGenerator random) {
        return new BlobKey("%012x-%016x%016x".formatted(now.toEpochMilli(), random.nextLong(), random.nextLong()));
    }

    /** The key of a request's body that nobody else draws; its own form keeps claims from reaching anything else. */
    public static BlobKey mintClaim(Instant now, RandomGenerator random) {
        return new BlobKey(CLAIM + mint(now, random));
    }

    /** When it was drawn, by the clock of who did; the beginning of time for a key that was not. */
    public Instant mintedAt() {
        if (!MINTED.matcher(value).matches()) {
            return Instant.MIN;
        }
        int time = isClaim() ? CLAIM.length() : 0;
        return Instant.ofEpochMilli(Long.parseLong(value, time, time + TIME_DIGITS, 16));
    }

    /** Whether it is a request's body. */
    public boolean isClaim() {
        return value.startsWith(CLAIM);
    }

    /** The key in the text, or empty where the text has not the form of one that was minted. */
    static Optional<BlobKey> parseMinted(String text) {
        return MINTED.matcher(text).matches() ? Optional.of(new BlobKey(text)) : Optional.empty();
    }

    /** The key in the text, or empty where the text has not the form of one. */
    public static Optional<BlobKey> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new BlobKey(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
