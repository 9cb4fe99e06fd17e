package io.genapi.gateway.job;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.TenantId;
import java.util.Optional;

/** Where jobs' requests can be read again. Implementations are thread-safe and throw nothing for a store that is down. */
public interface Requests {

    /** What came of asking. */
    sealed interface Answer {

        /** The request, as its caller handed it in; its body may lie elsewhere. */
        record Found(JobRequest request) implements Answer {}

        /** It is certain that there is no such job. */
        record NotFound() implements Answer {}

        /** There is such a job, but its request is no longer kept, or was deleted. */
        record Gone() implements Answer {}

        /**
         * It cannot be told now; asking again may help.
         *
         * @param reason in a sentence without a full stop
         */
        record Unknown(String reason) implements Answer {}
    }

    /**
     * Asks once.
     *
     * @param viewer for whom there are no jobs but its own; empty for who may see all
     */
    Answer find(JobId id, Optional<TenantId> viewer);

    /**
     * The same, with its body.
     *
     * @throws InterruptedException if the calling thread is interrupted meanwhile
     */
    Answer findWhole(JobId id, Optional<TenantId> viewer) throws InterruptedException;
}
