package io.genapi.worker.dispatch;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Route;
import io.genapi.runtime.claim.BodyOpening;
import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Parking;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.admission.Permit;
import io.genapi.worker.attempt.AttemptRunner;
import io.genapi.worker.attempt.History;
import io.genapi.worker.attempt.Pause;
import io.genapi.worker.attempt.RetryDecision.Done;
import io.genapi.worker.attempt.RetryDecision.Expire;
import io.genapi.worker.attempt.RetryDecision.GiveUp;
import io.genapi.worker.attempt.RetryDecision.Park;
import io.genapi.worker.attempt.RetryDecision.RetryAfter;
import io.genapi.worker.attempt.RetryDecision.TryNext;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.body.Bodies;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dispatch.Dispatched.Ended;
import io.genapi.worker.dispatch.Dispatched.Later;
import io.genapi.worker.dispatch.Dispatched.Parked;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.result.ResultPublisher;
import io.genapi.worker.route.Router;
import io.genapi.worker.route.Routing;
import io.genapi.worker.stream.UndeliveredException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One job end to end, on the calling thread: checks, route, attempts, result. Thread-safe. */
public final class Dispatcher {

    private static final String NO_ROOM = "no vendor that serves the job takes calls now";

    /** Who has no room now may have some at any moment; it is looked for twice a second. */
    private static final Duration SET_ASIDE_AT_LEAST = Duration.ofMillis(500);

    private final Bodies bodies;
    private final Router router;
    private final Admission admission;
    private final Outlook outlook;
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
            Bodies bodies,
            Router router,
            Admission admission,
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
        this.bodies = bodies;
        this.router = router;
        this.admission = admission;
        this.outlook = new Outlook(admission, clock);
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
     * Returns when the job's result is durable, or when it is to rest.
     *
     * @param before what the job has been through before it was parked
     * @throws InterruptedException if the calling thread is interrupted; the job then has no end yet
     */
    public Dispatched dispatch(JobRequest job, Parking before) throws InterruptedException {
        History history = new History(before);
        Optional<Dispatched> outcome = cancellations.during(job.id(), () -> run(job, deadlineOf(job), history));
        Dispatched reached = outcome.orElseGet(() -> new Ended(ends.cancelled(job, modelOf(job), history)));
        if (reached instanceof Ended(var result)) {
            conclude(job, result);
            cancellations.ended(job.id());
        }
        return reached;
    }

    /** When a job's time is over, also of one that names no deadline. */
    public Instant deadlineOf(JobRequest job) {
        return job.deadline().orElseGet(() -> {
            Instant now = clock.instant();
            // A submission time in the future is its sender's wrong clock, and buys no time.
            Instant submitted = job.submittedAt().isBefore(now) ? job.submittedAt() : now;
            return submitted.plus(defaultDeadline);
        });
    }

    /** Ends a job that is known to be wrong; returns when its result is durable. */
    public void refuse(JobRequest job, ApiError error) throws InterruptedException {
        conclude(job, ends.refused(job, Optional.empty(), error));
    }

    private void conclude(JobRequest job, JobResult result) throws InterruptedException {
        results.publish(job, result);
        listener.ended(job, result);
    }

    private Dispatched run(JobRequest job, Instant deadline, History history) throws InterruptedException {
        if (!clock.instant().isBefore(deadline)) {
            return new Ended(ends.expired(job, Optional.empty(), history, deadline));
        }
        return job.claim().isPresent()
                ? open(job, job.claim().get(), deadline, history)
                : serve(job, deadline, history);
    }

    private Dispatched open(JobRequest job, ClaimCheck claim, Instant deadline, History history)
            throws InterruptedException {
        Optional<Dispatched> unopened = restUnopened(job, deadline, history);
        if (unopened.isPresent()) {
            return unopened.get();
        }
        return switch (bodies.open(claim)) {
            case BodyOpening.Opened(byte[] body) -> serve(job.opened(body), deadline, history);
            case BodyOpening.Lost(var reason) ->
                new Ended(ends.lost(job, modelOf(job), history, JobErrors.bodyLost(claim.length(), reason)));
            case BodyOpening.Unavailable _ -> new Later(untilOpenedAgain(job, deadline), history.setAside());
        };
    }

    /**
     * A job that only one vendor can serve is parked as it is while that one takes no calls. Among several, the body has to
     * say which of them can.
     */
    private Optional<Dispatched> restUnopened(JobRequest job, Instant deadline, History history) {
        List<Candidate> candidates = BodyStub.read(job.body())
                .map(stub -> router.candidates(stub.model(), job.tenant(), job.vendor()))
                .orElse(List.of());
        boolean oneVendor = candidates.stream()
                        .map(candidate -> candidate.vendor().name())
                        .distinct()
                        .count()
                == 1;
        Duration left = Duration.between(clock.instant(), deadline);
        boolean rests = oneVendor
                && !outlook.anyRoom(candidates)
                && policy.withoutRoom(history, outlook.anyWorks(candidates), Duration.ZERO, left)
                        .isEmpty();
        return rests
                ? Optional.of(rest(job, outlook.first(candidates), history, history.parked(), deadline, NO_ROOM))
                : Optional.empty();
    }

    private Duration untilOpenedAgain(JobRequest job, Instant deadline) {
        Instant now = clock.instant();
        Duration pause = NextTry.after(job.submittedAt(), now);
        Duration left = Duration.between(now, deadline);
        return left.isNegative() ? Duration.ZERO : pause.compareTo(left) < 0 ? pause : left;
    }

    private Dispatched serve(JobRequest job, Instant deadline, History history) throws InterruptedException {
        return switch (ChatRequestReader.read(job.body())) {
            case ChatRequestReading.Invalid(var error) -> new Ended(ends.refused(job, Optional.empty(), error));
            case ChatRequestReading.Valid(var body) ->
                switch (router.route(body, job.tenant(), job.vendor())) {
                    case Routing.Unserved(var error) -> new Ended(ends.refused(job, Optional.of(body.model()), error));
                    case Routing.Served(var route) -> attempt(job, body, route, deadline, history);
                };
        };
    }

    private Dispatched attempt(JobRequest job, ChatRequestBody body, Route route, Instant deadline, History history)
            throws InterruptedException {
        Duration waited = Duration.ZERO;
        while (true) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                return new Ended(ends.expired(job, Optional.of(body.model()), history, deadline));
            }
            Optional<Admitted> admitted = admit(router.ranked(route, history), history);
            if (admitted.isPresent()) {
                waited = Duration.ZERO;
                try {
                    call(job, body, admitted.get(), left, history);
                } catch (UndeliveredException _) {
                    return new Ended(ends.undelivered(job, body.model(), history));
                }
                Optional<Dispatched> outcome = afterAttempt(job, body, route, deadline, history);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } else {
                Optional<Duration> wait =
                        policy.withoutRoom(history, outlook.anyWorks(history.left(route.candidates())), waited, left);
                if (wait.isEmpty()) {
                    return rest(
                            job,
                            outlook.first(history.left(route.candidates())),
                            history,
                            history.parked(),
                            deadline,
                            NO_ROOM);
                }
                pause.pause(wait.get());
                waited = waited.plus(wait.get());
            }
        }
    }

    private static Optional<ModelName> modelOf(JobRequest job) {
        if (job.claim().isPresent()) {
            return BodyStub.read(job.body()).map(BodyStub::model);
        }
        return switch (ChatRequestReader.read(job.body())) {
            case ChatRequestReading.Valid(var body) -> Optional.of(body.model());
            case ChatRequestReading.Invalid _ -> Optional.empty();
        };
    }

    private record Admitted(Candidate candidate, Permit permit) {}

    private Optional<Admitted> admit(List<Candidate> ranked, History history) {
        for (Candidate candidate : ranked) {
            Optional<Permit> permit = admission.admit(Destination.of(candidate), history.countedAttempts() > 0);
            if (permit.isPresent()) {
                return Optional.of(new Admitted(candidate, permit.get()));
            }
        }
        return Optional.empty();
    }

    private void call(JobRequest job, ChatRequestBody body, Admitted admitted, Duration left, History history)
            throws InterruptedException {
        if (history.since().isEmpty() && (!job.awaited() || history.isResumed())) {
            news.started(job, history.attempts() + 1, admitted.candidate());
        }
        attempts.run(job, body, admitted.candidate(), admitted.permit(), left, history);
        router.learn(history.since().getLast());
    }

    /** What the job comes to; empty if another attempt follows. */
    private Optional<Dispatched> afterAttempt(
            JobRequest job, ChatRequestBody body, Route route, Instant deadline, History history)
            throws InterruptedException {
        ModelName model = body.model();
        return switch (policy.decide(history, outlook.after(history, route.candidates()), clock.instant(), deadline)) {
            case Done(var completion) -> Optional.of(new Ended(ends.succeeded(job, model, history, completion)));
            case GiveUp(var failure) -> Optional.of(new Ended(ends.failed(job, model, history, failure)));
            case Expire() -> Optional.of(new Ended(ends.expired(job, Optional.of(model), history, deadline)));
            case TryNext(var failure) -> {
                news.attemptFailed(job, history, failure);
                yield Optional.empty();
            }
            case RetryAfter(var duration, var failure) -> {
                news.attemptFailed(job, history, failure);
                pause.pause(duration);
                yield Optional.empty();
            }
            case Park(var failure, var vendorIsDown) -> {
                news.attemptFailed(job, history, failure);
                Candidate last = history.since().getLast().candidate();
                if (vendorIsDown) {
                    admission.suspend(Destination.of(last));
                }
                Parking parking = vendorIsDown ? history.parkedForTrouble() : history.parked();
                Candidate awaited = vendorIsDown ? last : outlook.first(history.left(route.candidates()));
                yield Optional.of(rest(job, awaited, history, parking, deadline, failure.reason()));
            }
        };
    }

    private Dispatched rest(
            JobRequest job, Candidate awaited, History history, Parking parking, Instant deadline, String reason) {
        if (job.orderingKey().isEmpty() && !wouldComeStraightBack(history, awaited)) {
            return new Parked(awaited.vendor().name(), parking, deadline, reason);
        }
        Instant now = clock.instant();
        Instant next = outlook.nextCall(awaited);
        Instant until = next.isBefore(deadline) ? next : deadline;
        Duration pause = Duration.between(now, until);
        return new Later(pause.compareTo(SET_ASIDE_AT_LEAST) > 0 ? pause : SET_ASIDE_AT_LEAST, history.setAside());
    }

    /** Its vendor's parked jobs are being taken up, only this one has no room: it waits where it is. */
    private boolean wouldComeStraightBack(History history, Candidate awaited) {
        return history.isResumed()
                && history.since().isEmpty()
                && admission.room(awaited.vendor().name()) > 0;
    }
}
