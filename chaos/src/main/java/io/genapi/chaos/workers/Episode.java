package io.genapi.chaos.workers;

import java.util.Locale;

/** What happens to the workers, or to what they stand on, while jobs come in. */
public enum Episode {
    QUIET("1 worker", 1),
    SCALE_OUT("1 to 4 workers", 1),
    SCALE_IN("4 to 1 workers", 4),
    ROLLING_RESTART("all 3 workers", 3),
    KILL("1 of 2 workers", 2),
    BROKER_CRASH("1 of 3 brokers", 2);

    private final String what;
    private final int workers;

    Episode(String what, int workers) {
        this.what = what;
        this.workers = workers;
    }

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String what() {
        return what;
    }

    /** How many work when it begins. */
    int workers() {
        return workers;
    }
}
