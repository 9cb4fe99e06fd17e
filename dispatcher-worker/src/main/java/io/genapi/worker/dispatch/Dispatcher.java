package io.genapi.worker.dispatch;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.ModelName;
import io.genapi.worker.attempt.Attempt;
import io.genapi.worker.attempt.AttemptRunner;
import io.genapi.worker.attempt.Pause;
import io.genapi.worker.attempt.RetryDecision.Done;
import io.genapi.worker.attempt.RetryDecision.Expire;
import io.genapi.worker.attempt.RetryDecision.GiveUp;
import io.genapi.worker.attempt.RetryDecision.RetryAfter;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.result.ResultPublisher;
import io.genapi.worker.route.Router;
import io.genapi.worker.route.Routing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One job end to end, on the calling thread: checks, route, attempts, result. Thread-safe. */
public final class Dispatcher {

    private static final ApiError STREAMING_UNSUPPORTED = ApiError.invalidRequest(
            400,
            "unsupported_parameter",
            "stream",
            "Unsupported parameter: 'stream' is true, but this version does not stream yet. Send false, or leave it"
                    + " out.");

    private final Router router;
    private final AttemptRunner attempts;
    private final RetryPolicy policy;
    private final Pause pause;
    private final JobEnds ends;
    private final ResultPublisher results;
    private final JobNews news;
    private final JobEnded listener;
    private final Cancellations cancellations;
    private final Duration defaultDeadline;
    private final InstantSource clock;

    /** @param defaultDeadline from submission, for jobs that name none */
    public Dispatcher(
            Router router,
            AttemptRunner attempts,
            RetryPolicy policy,
            Pause pause,
            JobEnds ends,
            ResultPublisher results,
            JobEvents events,
            JobEnded listener,
            Cancellations cancellations,
            Duration defaultDeadline,
            InstantSource clock) {
        this.router = router;
        this.attempts = attempts;
        this.policy = policy;
        this.pause = pause;
        this.ends = ends;
        this.results = results;
        this.news = new JobNews(events, clock);
        this.listener = listener;
        this.cancellations = cancellations;
        this.defaultDeadline = defaultDeadline;
        this.clock = clock;
    }

    /**
     * Returns when the job's result is durable.
     *
     * @throws InterruptedException if the calling thread is interrupted; the job then has no end yet
     */
    public void dispatch(JobRequest job) throws InterruptedException {
        List<Attempt> history = new ArrayList<>();
        Optional<JobResult> end = cancellations.during(job.id(), () -> run(job, deadlineOf(job), history));
        conclude(job, end.orElseGet(() -> ends.cancelled(job, modelOf(job), history)));
        cancellations.ended(job.id());
    }

    /** Ends a job that is known to be wrong; returns when its result is durable. */
    public void refuse(JobRequest job, ApiError error) throws InterruptedException {
        conclude(job, ends.refused(job, Optional.empty(), error));
    }

    private void conclude(JobRequest job, JobResult result) throws InterruptedException {
        results.publish(job, result);
        listener.ended(job, result);
    }

    private JobResult run(JobRequest job, Instant deadline, List<Attempt> history) throws InterruptedException {
        if (!clock.instant().isBefore(deadline)) {
            return ends.expired(job, Optional.empty(), List.of(), deadline);
        }
        return switch (ChatRequestReader.read(job.body())) {
            case ChatRequestReading.Invalid(var error) -> ends.refused(job, Optional.empty(), error);
            case ChatRequestReading.Valid(var body)
            when body.stream() -> ends.refused(job, Optional.of(body.model()), STREAMING_UNSUPPORTED);
            case ChatRequestReading.Valid(var body) ->
                switch (router.route(body.model(), job.vendor())) {
                    case Routing.Unserved(var error) -> ends.refused(job, Optional.of(body.model()), error);
                    case Routing.Served(var candidates) -> attempt(job, body, candidates, deadline, history);
                };
        };
    }

    private JobResult attempt(
            JobRequest job, ChatRequestBody body, List<Candidate> candidates, Instant deadline, List<Attempt> history)
            throws InterruptedException {
        while (true) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                return ends.expired(job, Optional.of(body.model()), history, deadline);
            }
            Candidate candidate = router.choose(candidates, history);
            if (history.isEmpty() && !job.awaited()) {
                news.started(job, candidate);
            }
            attempts.run(job, body, candidate, left, history);
            switch (policy.decide(history, clock.instant(), deadline)) {
                case Done(var completion) -> {
                    return ends.succeeded(job, body.model(), history, completion);
                }
                case GiveUp(var failure) -> {
                    return ends.failed(job, body.model(), history, failure);
                }
                case Expire() -> {
                    return ends.expired(job, Optional.of(body.model()), history, deadline);
                }
                case RetryAfter(var duration, var failure) -> {
                    news.attemptFailed(job, history, failure);
                    pause.pause(duration);
                }
            }
        }
    }

    private static Optional<ModelName> modelOf(JobRequest job) {
        return switch (ChatRequestReader.read(job.body())) {
            case ChatRequestReading.Valid(var body) -> Optional.of(body.model());
            case ChatRequestReading.Invalid _ -> Optional.empty();
        };
    }

    private Instant deadlineOf(JobRequest job) {
        return job.deadline().orElseGet(() -> {
            Instant now = clock.instant();
            // A submission time in the future is its sender's wrong clock, and buys no time.
            Instant submitted = job.submittedAt().isBefore(now) ? job.submittedAt() : now;
            return submitted.plus(defaultDeadline);
        });
    }
}
