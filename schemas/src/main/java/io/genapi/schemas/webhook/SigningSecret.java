package io.genapi.schemas.webhook;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an endpoint's messages are signed with: {@code whsec_} and 24 to 64 bytes in base64. Does not show itself in logs.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public record SigningSecret(String value) {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    /** @throws IllegalArgumentException if the text is not of a secret's form; does not tell the text */
    public SigningSecret {
        if (decode(value).isEmpty()) {
            throw new IllegalArgumentException("a signing secret is 'whsec_' and 24 to 64 bytes in base64");
        }
    }

    /** A new one; unguessable if the generator is. */
    public static SigningSecret mint(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SigningSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** The key itself; a copy. */
    public byte[] bytes() {
        return decode(value).orElseThrow();
    }

    /** Enough of it to be told from others, and nothing that helps to guess the rest. */
    public String hint() {
        return PREFIX + "…" + value.substring(value.length() - 4);
    }

    private static Optional<byte[]> decode(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return Optional.of(bytes).filter(key -> key.length >= 24 && key.length <= 64);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return hint();
    }
}
