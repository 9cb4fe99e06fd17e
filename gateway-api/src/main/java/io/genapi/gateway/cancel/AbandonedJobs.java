package io.genapi.gateway.cancel;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the jobs of callers that went away without their answers, so that nobody pays for the rest. A client whose
 * connection broke sends its request again by itself, so for a moment it is given the chance to. Thread-safe.
 */
public final class AbandonedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedJobs.class);

    private final CancelPublisher publisher;
    private final JobStore store;
    private final Predicate<JobId> isWanted;
    private final Rules rules;
    private final Timer timer;
    private final InstantSource clock;

    /**
     * @param cancels whether such jobs are ended; else they go on, and their callers may ask for them
     * @param grace in which a caller may come back
     */
    public record Rules(boolean cancels, Duration grace) {}

    /** Does something later, once, on a thread that may block. */
    @FunctionalInterface
    public interface Timer {
        void after(Duration delay, Runnable task);
    }

    /** @param isWanted whether anybody else waits for a job, or has come back for it */
    public AbandonedJobs(
            CancelPublisher publisher,
            JobStore store,
            Predicate<JobId> isWanted,
            Rules rules,
            Timer timer,
            InstantSource clock) {
        this.publisher = publisher;
        this.store = store;
        this.isWanted = isWanted;
        this.rules = rules;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * The caller that submitted the job has gone. Who gave an idempotency key means to come back, and others may wait for
     * the same job. To be called when the caller itself no longer counts as one that waits.
     */
    public void abandoned(JobRequest job) {
        if (rules.cancels() && job.idempotencyKey().isEmpty()) {
            timer.after(rules.grace(), () -> endUnlessWanted(job));
        } else {
            log(job, "A caller went away; its job goes on");
        }
    }

    private void endUnlessWanted(JobRequest job) {
        if (isWanted.test(job.id())) {
            log(job, "A caller went away and came back, or another one waits for its job; that goes on");
        } else if (!hasEnded(job.id())) {
            log(job, "A caller went away; its job is cancelled");
            end(job);
        }
    }

    private void end(JobRequest job) {
        try {
            // What Kafka does not confirm, the publisher tells; nobody is there to hear it.
            CancelPublisher.Outcome _ = publisher.publish(cancelRequest(job));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEnded(JobId id) {
        return store.find(id, Duration.ZERO) instanceof StoreAnswer.Found(byte[] document)
                && JobDocument.read(document)
                        .filter(job -> job.status().isTerminal())
                        .isPresent();
    }

    private static void log(JobRequest job, String message) {
        LOG.atInfo()
                .addKeyValue("job_id", job.id().value())
                .addKeyValue("request_id", job.requestId().value())
                .log(message);
    }

    private JobEvent cancelRequest(JobRequest job) {
        return new JobEvent(
                job.id(),
                JobEvent.Kind.CANCEL_REQUESTED,
                job.tenant(),
                job.correlation(),
                job.requestId(),
                clock.instant(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
