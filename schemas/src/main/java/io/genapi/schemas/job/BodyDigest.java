package io.genapi.schemas.job;

import io.genapi.schemas.digest.Sha256;
import java.nio.ByteBuffer;
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

    public BodyDigest {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is not a SHA-256 in hexadecimal");
        }
    }

    public static BodyDigest of(byte[] body) {
        return new BodyDigest(Sha256.hex(body));
    }

    /** Of all that was asked, where an API says some of it beside the body. */
    public static BodyDigest of(byte[] body, Optional<ResponseEcho> beside) {
        return beside.map(echo -> {
                    byte[] said = echo.json().getBytes(StandardCharsets.UTF_8);
                    // No JSON has such a byte.
                    return of(ByteBuffer.allocate(body.length + 1 + said.length)
                            .put(body)
                            .put((byte) 0)
                            .put(said)
                            .array());
                })
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
