package io.genapi.worker.admission;

import java.time.Instant;

/** Hears how destinations and accounts fare. Thread-safe, and quick: it is told under a lock. */
public interface AdmissionNews {

    /** It does not work, and is only tried from now on. */
    void down(Destination destination);

    /** It works again. */
    void recovered(Destination destination);

    /** It asked to be left alone until then. */
    void rests(Account account, Instant until);

    /** A call was not let through. */
    void refused(Destination destination);
}
