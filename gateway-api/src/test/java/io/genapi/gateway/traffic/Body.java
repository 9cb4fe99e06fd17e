package io.genapi.gateway.traffic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What went by of one body, up to a limit. Used by one thread. */
final class Body {

    private static final int MOST_BYTES = 256 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean whole = true;

    void add(byte[] more, int offset, int length) {
        if (bytes.size() + length > MOST_BYTES) {
            whole = false;
        }
        if (whole) {
            bytes.write(more, offset, length);
        }
    }

    /** It did not go by as a whole. */
    void brokeOff() {
        whole = false;
    }

    Optional<String> text() {
        return whole ? Optional.of(bytes.toString(StandardCharsets.UTF_8)) : Optional.empty();
    }
}
