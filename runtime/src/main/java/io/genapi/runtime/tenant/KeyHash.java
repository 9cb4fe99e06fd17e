package io.genapi.runtime.tenant;

import io.genapi.schemas.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key: the SHA-256 of its UTF-8 text. Two are compared in a time that does not depend on where
 * they differ. Immutable.
 */
public final class KeyHash {

    private final byte[] digest;

    private KeyHash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of a key that somebody presents. */
    public static KeyHash of(String key) {
        return new KeyHash(Sha256.of(key));
    }

    /** @param hex 64 hexadecimal digits; empty where it is anything else */
    public static Optional<KeyHash> parse(String hex) {
        return hex.matches("[0-9a-fA-F]{64}")
                ? Optional.of(new KeyHash(HexFormat.of().parseHex(hex)))
                : Optional.empty();
    }

    /** 64 lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(digest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyHash hash && MessageDigest.isEqual(digest, hash.digest);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(digest).getInt();
    }

    /** Its beginning: enough for people to tell keys apart. */
    @Override
    public String toString() {
        return toHex().substring(0, 12);
    }
}
