package io.genapi.worker.attempt;

import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;

/** What follows after an attempt. */
public sealed interface RetryDecision {

    /** The job has its answer. */
    record Done(ChatCompletion completion) implements RetryDecision {}

    /** Another attempt, after a pause that ends before the deadline. */
    record RetryAfter(Duration pause, VendorOutcome.Failed failure) implements RetryDecision {}

    /** The job ends with this failure: it is final, or was one too many, or no retry fits before the deadline. */
    record GiveUp(VendorOutcome.Failed failure) implements RetryDecision {}

    /** The deadline has passed. */
    record Expire() implements RetryDecision {}
}
