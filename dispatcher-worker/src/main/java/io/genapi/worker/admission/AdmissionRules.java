package io.genapi.worker.admission;

import java.time.Duration;

/**
 * What admission keeps to.
 *
 * @param mostCalls in flight to one destination, at least 1
 * @param probes calls that a destination gets to show that it works again, at least 1; the limit grows from there
 * @param restAfter429 how long a destination rests that names no time
 */
public record AdmissionRules(int mostCalls, int probes, Duration restAfter429) {}
