package io.genapi.gateway.http;

import io.genapi.gateway.file.FileShelf;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;

/** An upload that has to come within a time: each of its bytes may come in time, and all of them never. Used by one thread. */
final class TimedBody extends FilterInputStream {

    private final FileShelf.Limits limits;
    private final InstantSource clock;
    private final Instant until;

    TimedBody(InputStream body, FileShelf.Limits limits, InstantSource clock) {
        super(body);
        this.limits = limits;
        this.clock = clock;
        this.until = clock.instant().plus(limits.uploadPatience());
    }

    @Override
    public int read() throws IOException {
        look();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        look();
        return super.read(bytes, from, length);
    }

    private void look() {
        if (!clock.instant().isBefore(until)) {
            throw FileErrors.tooSlow(limits);
        }
    }
}
