package io.genapi.schemas.control;

import io.genapi.schemas.job.VendorName;
import java.time.Instant;

/**
 * What a worker found out about a vendor by calls of its own, for the other workers to know.
 *
 * @param worker the one that tells, by its instance
 * @param at when it found out
 * @param key the name of the vendor's key that it called with, never the key itself
 */
public record Sighting(String worker, Instant at, VendorName vendor, String key, Finding finding) {

    /** What was found. */
    public sealed interface Finding {}

    /**
     * Calls to a model fail one after the other, too few to say that it does not work.
     *
     * @param model the vendor's name for it; {@code *} for those that only a wildcard route leads to
     * @param since when the first of them failed
     * @param failures how many, at least 1
     */
    public record Fails(String model, Instant since, int failures) implements Finding {

        public Fails {
            if (failures < 1) {
                throw new IllegalArgumentException("failures must be at least 1, not " + failures);
            }
        }
    }

    /**
     * A model does not work.
     *
     * @param model the vendor's name for it; {@code *} for those that only a wildcard route leads to
     * @param since when the trouble began for this worker
     * @param nextTry when this worker tries it again
     */
    public record Down(String model, Instant since, Instant nextTry) implements Finding {}

    /**
     * A model that did not work does again.
     *
     * @param model the vendor's name for it; {@code *} for those that only a wildcard route leads to
     */
    public record Up(String model) implements Finding {}

    /**
     * The vendor named a time, with a 429, before which calls with that key are in vain.
     *
     * @param until that time
     */
    public record Rests(Instant until) implements Finding {}
}
