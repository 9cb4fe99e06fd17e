package io.genapi.worker.original;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import java.util.Optional;

/** Who knows which request record was the first of its idempotency key. Thread-safe. */
public interface Originals {

    /**
     * Asks once.
     *
     * @param id the key's job
     * @return what stays so for as long as the job is kept; empty where none was seen yet, or nobody can say
     */
    Optional<Original> find(JobId id) throws InterruptedException;

    /**
     * Asks once, and waits a while for a store that lags behind Kafka.
     *
     * @param id the key's job
     * @return true if all that Kafka held when this was asked is known, and nothing of that job; false also where nobody
     *     can say
     */
    boolean isForgotten(JobId id) throws InterruptedException;
}
