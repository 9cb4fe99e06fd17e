package io.genapi.gateway.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.util.Optional;

/** Where jobs' states and results are kept. Implementations are thread-safe and throw nothing for a store that is down. */
public interface JobStore {

    /**
     * Asks once for one job.
     *
     * @param viewer for whom there are no jobs but its own; empty for who may see all
     * @param wait how long the answer may be held back until the job is terminal; zero asks for its state now
     */
    StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait);

    /** The same of a job that is known to be the caller's. */
    default StoreAnswer find(JobId id, Duration wait) {
        return find(id, Optional.empty(), wait);
    }

    /** Asks once for a page of jobs, newest first; never answers {@link StoreAnswer.NotFound}. */
    StoreAnswer list(JobQuery query);
}
