package io.genapi.gateway.responses;

import io.genapi.schemas.job.JobEvent;
import java.util.Optional;

/** Tells the store that what came of a job is handed out no longer. Thread-safe. */
@FunctionalInterface
public interface DeletionPublisher {

    /**
     * Returns when the wish is durable, or when the publisher's patience is over.
     *
     * @return why nobody said that it is durable; empty where somebody did
     */
    Optional<String> delete(JobEvent deletion) throws InterruptedException;
}
