package io.genapi.schemas.job;

import io.genapi.schemas.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells a request's body from any other, and what an API says beside it: their SHA-256.
 *
 * @param hex 64 lower-case digits
 */
public record BodyDigest(String hex) {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    /** No JSON has such a byte. */
    private static final byte[] BETWEEN = {0};

    public BodyDigest {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is not a SHA-256 in hexadecimal");
        }
    }

    public static BodyDigest of(byte[] body) {
        return new BodyDigest(Sha256.hex(body));
    }

    /** Of all that was asked, in the body and beside it. Stores keep it for days: it is made the same way in every version. */
    public static BodyDigest of(byte[] body, Optional<ResponseEcho> beside) {
        return beside.map(echo ->
                        new BodyDigest(Sha256.hex(body, BETWEEN, echo.json().getBytes(StandardCharsets.UTF_8))))
                .orElseGet(() -> of(body));
    }

    /** The digest in the text, or empty where the text is not the form of one. */
    public static Optional<BodyDigest> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new BodyDigest(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
