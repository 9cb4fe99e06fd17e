package io.genapi.worker.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Notices that a destination does not work, and lets a few calls try it from time to time. Not thread-safe; what it says
 * may change with time alone.
 */
public interface Breaker {

    /** Whether it lets calls through. */
    enum State {
        /** All of them. */
        CLOSED,
        /** A few, as probes. */
        HALF_OPEN,
        /** None. */
        OPEN
    }

    State state();

    /** How many calls may start now; {@link Integer#MAX_VALUE} while it is closed. */
    int room();

    /** When it lets calls through next; in the past if it does. */
    Instant nextTry();

    /**
     * Rises with each change of state. What was started before a change says nothing of the time after it, but for one
     * thing: an answer to a call that was started since the trouble began ends it.
     */
    int generation();

    /** A call starts, if it may; the generation that it belongs to. */
    OptionalInt admit();

    /** @param generation of the call, as {@link #admit} told it */
    void answered(int generation, Duration took);

    /** @param generation of the call, as {@link #admit} told it */
    void failed(int generation, Duration took);

    /**
     * The call says neither.
     *
     * @param generation of the call, as {@link #admit} told it
     */
    void released(int generation);

    /** Lets no calls through, for as long as if it had noticed by itself; nothing if it does not let all through now. */
    void open();

    /** While it is open, it lets calls through next at that time, whatever it was going to do. */
    void tryAt(Instant time);

    /** Unless it lets all calls through, it lets a few through now, however many others are without an answer. */
    void tryNow();
}
