package io.genapi.gateway.submit;

import io.genapi.gateway.reply.JobIdMinter;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes submissions into jobs: their ids, lanes and times. Thread-safe. */
final class Drafts {

    private final JobIdMinter minter;
    private final EarlierTries earlierTries;
    private final SubmissionLimits limits;
    private final InstantSource clock;

    Drafts(JobIdMinter minter, EarlierTries earlierTries, SubmissionLimits limits, InstantSource clock) {
        this.minter = minter;
        this.earlierTries = earlierTries;
        this.limits = limits;
        this.clock = clock;
    }

    /** A job whose result comes to this gateway if it is new; empty if no partition is owned any more. */
    Optional<Draft> toWaitFor(ChatSubmission submission) {
        Optional<JobOrder> order = order(submission);
        return draft(submission, () -> order.isPresent() ? minter.mintNear(order.get()) : minter.mint());
    }

    /** A job that the store finds at once if it is new; empty if no partition is owned any more. */
    Optional<Draft> toAskFor(ChatSubmission submission) {
        Optional<JobOrder> order = order(submission);
        return draft(submission, () -> order.isPresent() ? Optional.of(minter.mintAt(order.get())) : minter.mint());
    }

    private Optional<Draft> draft(ChatSubmission submission, Supplier<Optional<JobId>> mint) {
        if (submission.idempotencyKey().isPresent()) {
            JobId id =
                    JobId.ofKey(submission.tenant(), submission.idempotencyKey().get());
            return Optional.of(new Draft(request(id, submission), Draft.Kind.KEYED));
        }
        Optional<JobId> earlier = submission.retry() ? earlierTries.find(submission) : Optional.empty();
        return earlier.isPresent()
                ? Optional.of(new Draft(request(earlier.get(), submission), Draft.Kind.REPEATED))
                : mint.get().map(id -> new Draft(request(id, submission), Draft.Kind.NEW));
    }

    private static Optional<JobOrder> order(ChatSubmission submission) {
        return submission.orderingKey().map(key -> new JobOrder(submission.tenant(), key));
    }

    private JobRequest request(JobId id, ChatSubmission submission) {
        boolean waits = !(submission.mode() instanceof ResponseMode.Async);
        Instant now = clock.instant();
        return new JobRequest(
                id,
                submission.lane().orElse(waits ? Lane.PRIORITY : Lane.DEFAULT),
                submission.tenant(),
                Correlation.of(submission.correlationId()),
                submission.requestId(),
                now,
                submission.time().deadline().or(() -> Optional.of(now.plus(usualLife(submission)))),
                waits,
                submission.vendor(),
                submission.ties().replyTopic(),
                submission.ties().webhookEndpoint(),
                submission.idempotencyKey(),
                submission.orderingKey(),
                submission.ties().redriveOf(),
                submission.ties().responseEcho(),
                submission.ties().responseEcho().map(_ -> JobApi.RESPONSES),
                Optional.empty(),
                submission.body().bytes());
    }

    private Duration usualLife(ChatSubmission submission) {
        return switch (submission.mode()) {
            case ResponseMode.Waiting _ -> submission.time().patience(limits.waitDeadline());
            case ResponseMode.Streaming _ -> limits.waitDeadline();
            case ResponseMode.Async _ -> limits.asyncDeadline();
        };
    }
}
