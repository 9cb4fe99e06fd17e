package io.genapi.worker.admission;

import java.time.Duration;

/**
 * What admission keeps to.
 *
 * @param mostCalls in flight to one account, at least 1
 * @param probes calls that a destination gets to show that it works again, at least 1; its limit grows from there
 * @param restAfter429 how long an account rests that names no time
 * @param retryBudget retries that a vendor gets for a hundred first calls, 0 to 100
 */
public record AdmissionRules(int mostCalls, int probes, Duration restAfter429, int retryBudget) {}
