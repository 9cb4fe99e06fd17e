package io.genapi.store.job;

import java.time.Instant;
import java.util.Comparator;

/**
 * Something that went wrong on a job's way.
 *
 * @param reason a sentence
 */
public record Trouble(Instant at, String reason) implements Comparable<Trouble> {
    private static final Comparator<Trouble> ORDER =
            Comparator.comparing(Trouble::at).thenComparing(Trouble::reason);

    @Override
    public int compareTo(Trouble other) {
        return ORDER.compare(this, other);
    }
}
