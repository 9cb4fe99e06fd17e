package io.genapi.chaos.workers;

import io.genapi.chaos.kafka.GroupWatch.Departure;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of one episode from outside, after its last job had ended or patience had.
 *
 * @param submitted every job that Kafka took
 * @param calls that the vendor got for them, in order of arrival
 * @param results on Kafka, by the job's name; none for a job without an end
 * @param states that the store lists, by the job's name
 * @param exitCodes of the workers that were told to stop
 * @param crash what was killed, and when Kafka noticed; empty where nobody died
 */
record Evidence(
        Episode episode,
        List<Submission> submitted,
        List<VendorCall> calls,
        Map<String, List<JobEnd>> results,
        Map<String, List<String>> states,
        List<Integer> exitCodes,
        Optional<Crash> crash) {

    /**
     * A process was killed.
     *
     * @param at just before
     * @param gone when it was known to be dead; on a busy machine it goes on for a while
     * @param departure empty if Kafka never noticed
     */
    record Crash(Instant at, Instant gone, Optional<Departure> departure) {}
}
