package io.genapi.simulator.fault;

import java.time.Duration;

/** What happens to one call instead of, or to, its proper answer. Immutable. */
public sealed interface Fault {

    /** The call is answered properly; in a script it lets one call pass. */
    record None() implements Fault {}

    /**
     * Answered at once with an error in the vendor's own form.
     *
     * @param status from 400 to 599
     */
    record Status(int status, RetryAfter retryAfter) implements Fault {

        public Status {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(
                        "status: " + status + " is not an error; choose one from 400 to 599");
            }
        }

        public Status(int status) {
            this(status, RetryAfter.NONE);
        }
    }

    /** Never answered; ends when the client leaves or the simulator closes. */
    record Hang() implements Fault {}

    /** Headers of a good answer and nothing after them; ends when the client leaves or the simulator closes. */
    record HangAfterHeaders() implements Fault {}

    /**
     * A good answer, its body at a trickle: no read of it ever times out.
     *
     * @param perByte positive, up to one minute
     */
    record SlowDrip(Duration perByte) implements Fault {

        public SlowDrip {
            if (!perByte.isPositive() || perByte.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException(
                        "per byte: " + perByte + " must be above 0 and at most 1m, such as 100ms");
            }
        }
    }

    /** A 200 with a page of HTML, as a proxy on the way would send it. */
    record WrongContentType() implements Fault {}

    /** The connection closes after the usual latency, before a byte of the answer. */
    record CloseBeforeHeaders() implements Fault {}

    /** The connection closes after the status line and headers of a good answer: no body, no token. */
    record CloseAfterHeaders() implements Fault {}

    /** The connection closes in the middle of the body; a stream's first half of events has been sent by then. */
    record TruncatedBody() implements Fault {}

    /** A complete 200 whose JSON is cut off; in a stream, the middle event is. */
    record MalformedJson() implements Fault {}
}
