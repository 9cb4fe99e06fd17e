package io.genapi.gateway.stream;

import io.genapi.schemas.job.RunId;
import java.io.IOException;

/** A follower's connection. Each method may block while the follower reads slowly. Not thread-safe. */
public interface StreamSink {

    /** @throws SlowFollowerException if the follower does not read it in time */
    void send(StreamPosition position, byte[] chunk) throws IOException, SlowFollowerException;

    /** Says that what the follower has is void, and that the pieces of another run follow. */
    void restart(RunId run) throws IOException, SlowFollowerException;

    /** Says that the connection lives; the first word at all where no piece was sent yet. */
    void keepAlive() throws IOException, SlowFollowerException;

    /** Sends what a batch of pieces left behind. */
    void flush() throws IOException, SlowFollowerException;

    /** Whether the follower has heard anything. */
    boolean hasBegun();

    /** Whether the follower is still there, as far as that can be told without a word to it. */
    boolean isThere();

    /** A follower that does not read. */
    final class SlowFollowerException extends IOException {

        private static final long serialVersionUID = 1L;

        public SlowFollowerException(IOException cause) {
            super(cause);
        }
    }
}
