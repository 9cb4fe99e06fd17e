package io.genapi.gateway.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a file that have something in them, one after another. Holds one at a time. Used by one thread. */
final class TextLines {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream content;
    private final int maxBytes;
    private int number;

    /**
     * @param number in the file, from 1
     * @param bytes without its end; cut off where it is too long
     */
    @SuppressWarnings("ArrayRecordComponent") // A line is up to 10 MiB: it is handed on, never copied or compared.
    record Line(int number, byte[] bytes, boolean tooLong) {}

    /** @param maxBytes of a line; what is beyond is read and dropped */
    TextLines(InputStream content, int maxBytes) {
        this.content = new BufferedInputStream(content, BUFFER_BYTES);
        this.maxBytes = maxBytes;
    }

    /** The next one; empty at the end. */
    Optional<Line> next() throws IOException {
        while (true) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
            boolean tooLong = false;
            boolean blank = true;
            int value = content.read();
            if (value < 0) {
                return Optional.empty();
            }
            number++;
            for (; value >= 0 && value != '\n'; value = content.read()) {
                blank &= value == ' ' || value == '\t' || value == '\r';
                if (bytes.size() < maxBytes) {
                    bytes.write(value);
                } else {
                    tooLong = true;
                }
            }
            if (!blank) {
                return Optional.of(new Line(number, bytes.toByteArray(), tooLong));
            }
        }
    }
}
