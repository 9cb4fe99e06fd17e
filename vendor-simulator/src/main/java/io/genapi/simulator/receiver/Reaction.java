package io.genapi.simulator.receiver;

import java.util.Map;

/** What a receiver does with a webhook that it has read. */
public sealed interface Reaction {

    Reaction ACCEPT = new Answer(200, Map.of(), "ok");

    /** Answers. */
    record Answer(int status, Map<String, String> headers, String body) implements Reaction {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** Says nothing, until it is told to behave otherwise. */
    record Hang() implements Reaction {}

    /** Sends its status at once, and a byte of its body every 100 ms without an end. */
    record Drip(int status) implements Reaction {}

    /** Closes the connection instead of answering. */
    record BreakOff() implements Reaction {}

    static Reaction status(int status) {
        return new Answer(status, Map.of(), "status " + status);
    }
}
