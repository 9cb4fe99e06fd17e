package io.genapi.store.job;

import io.genapi.store.job.TransitionDecision.Ignored;
import io.genapi.store.job.TransitionDecision.Reason;
import io.genapi.store.job.TransitionDecision.Updated;
import java.util.Optional;

/**
 * How facts make a job's state. Pure, and indifferent to the order of the facts but in one thing: the first end stays.
 */
public final class JobTransition {
    private JobTransition() {}

    public static TransitionDecision apply(Optional<JobState> known, JobFact fact) {
        JobState before = known.orElseGet(() -> JobState.firstSeenIn(fact.origin()));
        if (fact instanceof JobFact.Completed completed && before.ending().isPresent()) {
            boolean sameRecord = before.ending().get().payload().equals(completed.payload());
            return new Ignored(sameRecord ? Reason.KNOWN : Reason.DUPLICATE_RESULT);
        }
        JobState after = after(before, fact).recorded(fact.origin().recordedAt());
        return known.isPresent() && after.equals(before) ? new Ignored(Reason.KNOWN) : new Updated(after);
    }

    private static JobState after(JobState before, JobFact fact) {
        return switch (fact) {
            // A second request record of the same id is the same job, as it was first told.
            case JobFact.Requested requested -> before.submission().isPresent() ? before : before.submitted(requested);
            case JobFact.Started started -> before.progressed(before.progress().started(started));
            case JobFact.AttemptFailed failed ->
                before.progressed(before.progress().attemptFailed(failed));
            case JobFact.Parked parked -> before.progressed(before.progress().parked(parked));
            case JobFact.CancelRequested cancel -> before.cancelRequested(cancel.at());
            case JobFact.ResultDeleted deleted -> before.resultDeleted(deleted.at());
            case JobFact.Completed completed -> before.ended(Ending.of(completed));
        };
    }
}
