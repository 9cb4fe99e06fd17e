package io.genapi.runtime.reload;

import java.util.List;

/** What came of reading the catalog again. */
public sealed interface ReloadOutcome {

    /** @param changes at least one, in a few words each and without secrets */
    record Applied(List<String> changes) implements ReloadOutcome {
        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /** It says what it said before. */
    record Unchanged() implements ReloadOutcome {}

    /**
     * The catalog before it counts on.
     *
     * @param reason a sentence or two, without secrets
     */
    record Refused(String reason) implements ReloadOutcome {}
}
