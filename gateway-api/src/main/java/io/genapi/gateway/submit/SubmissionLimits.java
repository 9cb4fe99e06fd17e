package io.genapi.gateway.submit;

import java.time.Duration;

/**
 * How long jobs live and calls wait.
 *
 * @param waitDeadline of a job whose caller waits
 * @param asyncDeadline of a job whose caller asks for it later
 * @param ownershipPatience how long a submission waits for this gateway to own a partition
 * @param storePatience with a result store that cannot tell what an idempotency key stands for
 * @param maxWaiting how many calls may wait at once
 */
public record SubmissionLimits(
        Duration waitDeadline,
        Duration asyncDeadline,
        Duration ownershipPatience,
        Duration storePatience,
        int maxWaiting) {}
