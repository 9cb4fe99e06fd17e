package io.genapi.worker.admission;

import io.genapi.schemas.control.Sighting.Finding;
import java.time.Instant;

/** The other workers, which call with the same keys. Thread-safe. */
public interface Colleagues {

    /** How many workers there are, this one included. */
    int workers();

    /**
     * Lets them know what calls of this worker found out. Quick, and never in the way: it is told under a lock.
     *
     * @param at when it was found out
     */
    void tell(Account account, Instant at, Finding finding);
}
