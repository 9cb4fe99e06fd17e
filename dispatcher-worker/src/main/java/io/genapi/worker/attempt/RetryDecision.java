package io.genapi.worker.attempt;

import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;

/** What follows after an attempt. */
public sealed interface RetryDecision {

    /** The job has its answer. */
    record Done(ChatCompletion completion) implements RetryDecision {}

    /** Another candidate, at once. */
    record TryNext(VendorOutcome.Failed failure) implements RetryDecision {}

    /** Another attempt, or the deadline, after a pause in place. */
    record RetryAfter(Duration pause, VendorOutcome.Failed failure) implements RetryDecision {}

    /**
     * The job rests elsewhere until its vendor recovers.
     *
     * @param vendorIsDown whether this job found out so, though its vendor is not known for it yet
     */
    record Park(VendorOutcome.Failed failure, boolean vendorIsDown) implements RetryDecision {}

    /** The job ends with this failure: it is final, or the job itself is the trouble. */
    record GiveUp(VendorOutcome.Failed failure) implements RetryDecision {}

    /** The deadline has passed. */
    record Expire() implements RetryDecision {}
}
