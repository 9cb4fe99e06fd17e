package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import java.time.Instant;
import java.util.Optional;

/**
 * A batch as it stands.
 *
 * @param cancelRequestedAt when somebody first wanted it to end
 */
public record Batch(BatchId id, BatchTerms terms, BatchProgress progress, Optional<Instant> cancelRequestedAt) {

    /** Where it stands for its caller: it is being cancelled from the moment that somebody asked for it. */
    public BatchStatus status() {
        return isToBeCancelled() ? BatchStatus.CANCELLING : progress.status();
    }

    /** Since when it has been in a state, if it has reached it. */
    public Optional<Instant> since(BatchStatus reached) {
        Optional<Instant> told = progress.since(reached);
        boolean cancelling = reached == BatchStatus.CANCELLING && (told.isPresent() || isToBeCancelled());
        return cancelling ? cancelRequestedAt : told;
    }

    /** Whether somebody wants it to end, and that is still of use. */
    boolean isToBeCancelled() {
        return cancelRequestedAt.isPresent()
                && switch (progress.status()) {
                    case VALIDATING, IN_PROGRESS, CANCELLING -> true;
                    case FINALIZING, FAILED, COMPLETED, EXPIRED, CANCELLED -> false;
                };
    }
}
