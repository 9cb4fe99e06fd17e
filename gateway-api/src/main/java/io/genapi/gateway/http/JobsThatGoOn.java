package io.genapi.gateway.http;

import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.gateway.submit.SubmissionOutcome;

/** Whether the job that a call made may go on when the call has ended. Pure. */
final class JobsThatGoOn {

    private JobsThatGoOn() {}

    static boolean after(SubmissionOutcome outcome) {
        return switch (outcome) {
            case SubmissionOutcome.Answered _,
                    SubmissionOutcome.Refused _,
                    SubmissionOutcome.NotAdmitted _,
                    SubmissionOutcome.Attached _,
                    SubmissionOutcome.ResultExpired _,
                    SubmissionOutcome.KeyReused _ -> false;
            case SubmissionOutcome.Undecided undecided -> undecided.published();
            case SubmissionOutcome.Streamed streamed -> after(streamed.outcome());
            case SubmissionOutcome.Accepted _,
                    SubmissionOutcome.Unconfirmed _,
                    SubmissionOutcome.CallerLeft _,
                    SubmissionOutcome.WaitPassed _,
                    SubmissionOutcome.WaitInterrupted _ -> true;
        };
    }

    private static boolean after(FollowOutcome followed) {
        return switch (followed) {
            case FollowOutcome.Finished _,
                    FollowOutcome.JobFailed _,
                    FollowOutcome.NotStreamed _,
                    FollowOutcome.ResultExpired _ -> false;
            case FollowOutcome.Interrupted _,
                    FollowOutcome.Gone _,
                    FollowOutcome.TimePassed _,
                    FollowOutcome.Stopping _,
                    FollowOutcome.NoReader _,
                    FollowOutcome.Left _,
                    FollowOutcome.TooSlow _ -> true;
        };
    }
}
