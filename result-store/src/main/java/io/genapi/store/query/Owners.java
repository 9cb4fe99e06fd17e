package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import java.net.URI;
import java.util.List;

/** Who has which part of the table. Thread-safe. */
public interface Owners {
    Ownership of(JobId id);

    /** The other processes that have a part of it. */
    List<URI> others();
}
