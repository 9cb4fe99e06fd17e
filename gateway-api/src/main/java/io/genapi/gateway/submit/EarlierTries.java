package io.genapi.gateway.submit;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.Originals;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Likeness;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds the job of a client that lost the answer to its first try and sends the same once more. A job without an answer
 * to give is not worth coming back to. Thread-safe.
 */
final class EarlierTries {

    private final Originals originals;
    private final JobStore store;

    EarlierTries(Originals originals, JobStore store) {
        this.originals = originals;
        this.store = store;
    }

    Optional<JobId> find(ChatSubmission submission) {
        Likeness likeness = new Likeness(
                submission.tenant(),
                BodyDigest.of(submission.body().bytes(), submission.ties().responseEcho()),
                submission.vendor(),
                submission.orderingKey());
        return originals.recent(likeness).stream().filter(this::isPromising).findFirst();
    }

    private boolean isPromising(JobId id) {
        return store.find(id, Duration.ZERO) instanceof StoreAnswer.Found(byte[] document)
                && JobDocument.read(document)
                        .map(JobDocument::status)
                        .filter(status -> !status.isTerminal() || status == JobStatus.SUCCEEDED)
                        .isPresent();
    }
}
