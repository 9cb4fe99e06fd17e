package io.genapi.gateway.stream;

import java.time.Duration;

/** Hears of the streams that are followed. Thread-safe. */
public interface StreamWatch {

    /** @param resumed whether the follower goes on where it was before */
    void began(boolean resumed);

    /** @param since the following began */
    void firstPiece(Duration since);

    void ended(FollowOutcome outcome);
}
