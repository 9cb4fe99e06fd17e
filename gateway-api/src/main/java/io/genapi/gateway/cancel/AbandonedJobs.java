package io.genapi.gateway.cancel;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobRequest;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the jobs of callers that went away without their answers, so that nobody pays for the rest. Thread-safe. */
public final class AbandonedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedJobs.class);

    private final CancelPublisher publisher;
    private final boolean cancels;
    private final InstantSource clock;

    /** @param cancels whether such jobs are ended; else they go on, and their callers may ask for them */
    public AbandonedJobs(CancelPublisher publisher, boolean cancels, InstantSource clock) {
        this.publisher = publisher;
        this.cancels = cancels;
        this.clock = clock;
    }

    /** The job's caller has gone. Who gave an idempotency key means to come back, and others may wait for the same job. */
    public void abandoned(JobRequest job) throws InterruptedException {
        boolean ends = cancels && job.idempotencyKey().isEmpty();
        LOG.atInfo()
                .addKeyValue("job_id", job.id().value())
                .addKeyValue("request_id", job.requestId().value())
                .log(ends ? "A caller went away; its job is cancelled" : "A caller went away; its job goes on");
        if (ends) {
            // What Kafka does not confirm, the publisher tells; nobody is there to hear it.
            CancelPublisher.Outcome _ = publisher.publish(cancelRequest(job));
        }
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
