package io.genapi.chaos.outage;

import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was seen of two queues from outside: one while both vendors were there, one while one was away.
 *
 * @param quiet the queue while both were there, and its results
 * @param outage the queue that met the outage, and its results
 * @param recovered when the vendor that was away served again
 * @param parked records on the topic where its jobs rest
 * @param mostInFlight calls at once at the vendor that was away, after it was back
 * @param awayCalls that it got since it was back, in order of arrival
 * @param thereCalls that the other one got for the second queue, in order of arrival
 */
record OutageEvidence(
        Run quiet,
        Run outage,
        Instant recovered,
        long parked,
        int mostInFlight,
        List<VendorCall> awayCalls,
        List<VendorCall> thereCalls) {

    /** @param results by the job's name; none for a job without an end */
    record Run(List<QueuedJob> jobs, Instant begin, Map<String, List<JobEnd>> results) {}
}
