package io.genapi.worker.original;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import java.util.Optional;

/** Who knows which request record was the first of its idempotency key. Thread-safe. */
@FunctionalInterface
public interface Originals {

    /**
     * Asks once.
     *
     * @param id the key's job
     * @return what stays so for as long as the job is kept; empty where none was seen yet, or nobody can say
     */
    Optional<Original> find(JobId id) throws InterruptedException;
}
