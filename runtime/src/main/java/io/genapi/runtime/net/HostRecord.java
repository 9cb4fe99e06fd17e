package io.genapi.runtime.net;

import java.util.LinkedHashMap;
import java.util.Map;

/** How looking up hosts went, of those that were looked up most lately. Thread-safe. */
final class HostRecord {

    private static final int MOST_HOSTS = 10_000;

    /** What is known of looking up a host. */
    enum Standing {
        /** Nothing. */
        NEW,
        /** The last time it gave an address, in time. */
        PROMPT,
        /** It was late since, or never gave one. */
        SUSPECT
    }

    private final Map<String, Standing> standings = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Standing> eldest) {
            return size() > MOST_HOSTS;
        }
    };

    synchronized Standing of(String host) {
        return standings.getOrDefault(host, Standing.NEW);
    }

    synchronized void put(String host, Standing standing) {
        standings.put(host, standing);
    }
}
