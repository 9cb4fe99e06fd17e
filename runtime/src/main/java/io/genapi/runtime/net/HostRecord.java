package io.genapi.runtime.net;

import java.util.LinkedHashMap;
import java.util.Map;

/** How looking up hosts went, of those that were looked up most lately. Thread-safe. */
final class HostRecord {

    private static final int MOST_HOSTS = 10_000;

    /** A host that was late is as good as before only when it has answered so often. */
    private static final int ANSWERS_AFTER_LATENESS = 3;

    /** What is known of looking up a host. */
    enum Standing {
        /** Nothing, or not enough to tell: it was late once after it had been prompt, or has just answered again. */
        NEW,
        /** It gives addresses in time. */
        PROMPT,
        /** It was late without having been prompt before. */
        SUSPECT
    }

    /** @param missing answers until it counts as prompt */
    private record History(Standing standing, int missing) {

        static final History NONE = new History(Standing.NEW, 1);

        History answered() {
            return missing > 1
                    ? new History(Standing.NEW, missing - 1)
                    : new History(Standing.PROMPT, ANSWERS_AFTER_LATENESS);
        }

        History late() {
            return new History(standing == Standing.PROMPT ? Standing.NEW : Standing.SUSPECT, ANSWERS_AFTER_LATENESS);
        }
    }

    private final Map<String, History> histories = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, History> eldest) {
            return size() > MOST_HOSTS;
        }
    };

    synchronized Standing of(String host) {
        return histories.getOrDefault(host, History.NONE).standing();
    }

    /** It gave an address, in time. */
    synchronized void answered(String host) {
        History history = histories.getOrDefault(host, History.NONE);
        histories.put(host, history.standing() == Standing.PROMPT ? history : history.answered());
    }

    /** It gave none in time. */
    synchronized void late(String host) {
        histories.put(host, histories.getOrDefault(host, History.NONE).late());
    }
}
