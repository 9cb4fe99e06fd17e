package io.genapi.runtime.tenant;

import java.util.random.RandomGenerator;

/**
 * A key that a tenant's callers present, as it is shown once.
 *
 * @param text begins as OpenAI's keys do, so that whatever masks those masks these; 256 bits of chance follow
 */
public record ApiKey(String text) {

    private static final String PREFIX = "sk-genapi-";

    /** No letters that are taken for digits, and nothing at which a double click stops. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    /** 52 characters of 5 bits each are the first to hold 256. */
    private static final int CHARACTERS = 52;

    /** @param random fit for secrets */
    public static ApiKey mint(RandomGenerator random) {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int at = 0; at < CHARACTERS; at++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ApiKey(text.toString());
    }

    public KeyHash hash() {
        return KeyHash.of(text);
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return PREFIX + "****";
    }
}
