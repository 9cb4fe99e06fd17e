package io.genapi.schemas.control;

import java.time.Instant;
import java.util.List;

/**
 * What the processes that read the vendor catalog tell each other of it.
 *
 * @param question tells all that is said about one reading from the rest
 * @param instance the process that says it, as in its heartbeats
 */
public record CatalogNotice(String question, String instance, Instant at, Word word) {

    /** What is said. */
    public sealed interface Word {}

    /** Whoever needs the catalog is to read it now, and to say what came of that. */
    public record ReadNow() implements Word {}

    /** The catalog has changed. */
    public record Applied(List<String> changes) implements Word {
        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /** It says what it said before. */
    public record Unchanged() implements Word {}

    /** The one before it counts on. */
    public record Refused(String reason) implements Word {}
}
