package io.genapi.inflight.run;

import java.time.Duration;

/** What a handler that returns says of its record. */
public sealed interface Verdict {

    /** The record is finished: it is never handed out again. */
    static Verdict done() {
        return Done.DONE;
    }

    /**
     * Not now: the record is set aside and handed out again after that time.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    static Verdict later(Duration delay) {
        return new Later(delay);
    }

    /** Finished. */
    enum Done implements Verdict {
        DONE
    }

    /**
     * Set aside, and handed out again.
     *
     * @param delay how long it rests at least, 0 or more; what else has to run may make it longer
     */
    record Later(Duration delay) implements Verdict {
        public Later {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("the delay of a record set aside is " + delay + "; give 0 or more");
            }
        }
    }
}
