package io.genapi.schemas.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The caller's own name for a job, echoed byte for byte on everything that belongs to it. The bytes need not be text.
 * Immutable.
 */
public final class CorrelationId {

    private final byte[] bytes;

    private CorrelationId(byte[] bytes) {
        this.bytes = bytes;
    }

    public static CorrelationId of(byte[] bytes) {
        return new CorrelationId(bytes.clone());
    }

    public static CorrelationId of(String text) {
        return new CorrelationId(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The id for people, logs and JSON; bytes that are not UTF-8 show as U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CorrelationId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
