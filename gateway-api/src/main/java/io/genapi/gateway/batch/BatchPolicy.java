package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchStatus;
import java.time.Instant;
import java.util.Optional;

/** Decides how a batch goes on, from what is written down of it and the time alone. */
final class BatchPolicy {

    private BatchPolicy() {}

    static BatchStep next(Batch batch, Instant now) {
        boolean over = !now.isBefore(batch.terms().expiresAt());
        return switch (batch.progress().status()) {
            case VALIDATING ->
                batch.isToBeCancelled()
                        ? new BatchStep.End(BatchStatus.CANCELLED)
                        : over ? new BatchStep.End(BatchStatus.EXPIRED) : new BatchStep.Validate();
            case IN_PROGRESS, FINALIZING, CANCELLING ->
                drainReason(batch, now).<BatchStep>map(BatchStep.Drain::new).orElseGet(BatchStep.Run::new);
            case FAILED, COMPLETED, EXPIRED, CANCELLED -> new BatchStep.Nothing();
        };
    }

    /** Why no request of it is to be begun, if so. */
    static Optional<BatchStep.Reason> drainReason(Batch batch, Instant now) {
        if (batch.isToBeCancelled() || batch.progress().status() == BatchStatus.CANCELLING) {
            return Optional.of(BatchStep.Reason.CANCELLED);
        }
        return now.isBefore(batch.terms().expiresAt()) ? Optional.empty() : Optional.of(BatchStep.Reason.EXPIRED);
    }

    /**
     * How it ends when nothing of it is open any more.
     *
     * @param drained why requests were not begun, if that was so at the end
     * @param notRun how many that concerned
     */
    static BatchStatus end(Optional<BatchStep.Reason> drained, int notRun) {
        return drained.map(reason -> switch (reason) {
                    case CANCELLED -> BatchStatus.CANCELLED;
                    case EXPIRED -> notRun > 0 ? BatchStatus.EXPIRED : BatchStatus.COMPLETED;
                })
                .orElse(BatchStatus.COMPLETED);
    }

    /**
     * How it ends when its file has gone, and nothing more can come of it.
     *
     * @param drained why no request of it would be begun anyway, if so
     */
    static BatchStatus endWithoutInput(Optional<BatchStep.Reason> drained) {
        return drained.map(reason -> switch (reason) {
                    case CANCELLED -> BatchStatus.CANCELLED;
                    case EXPIRED -> BatchStatus.EXPIRED;
                })
                .orElse(BatchStatus.FAILED);
    }
}
