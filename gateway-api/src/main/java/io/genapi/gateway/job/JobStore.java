package io.genapi.gateway.job;

import io.genapi.schemas.job.JobId;
import java.time.Duration;

/** Where jobs' states and results are kept. Implementations are thread-safe and throw nothing for a store that is down. */
public interface JobStore {

    /**
     * Asks once for one job.
     *
     * @param wait how long the answer may be held back until the job is terminal; zero asks for its state now
     */
    StoreAnswer find(JobId id, Duration wait);

    /** Asks once for a page of jobs, newest first; never answers {@link StoreAnswer.NotFound}. */
    StoreAnswer list(JobQuery query);
}
