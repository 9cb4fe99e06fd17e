package io.genapi.gateway.submit;

import java.time.Duration;

/**
 * How long jobs live and calls wait.
 *
 * @param waitDeadline of a job whose caller waits
 * @param asyncDeadline of a job whose caller asks for it later
 * @param ownershipPatience how long a submission waits for this gateway to own a partition
 * @param maxWaiting how many calls may wait at once
 */
public record SubmissionLimits(
        Duration waitDeadline, Duration asyncDeadline, Duration ownershipPatience, int maxWaiting) {}
