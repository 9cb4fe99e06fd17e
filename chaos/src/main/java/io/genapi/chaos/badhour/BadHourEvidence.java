package io.genapi.chaos.badhour;

import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.load.Asked;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was seen of one bad hour from outside, from the quiet before it to the last answer.
 *
 * @param quiet when the quiet before it began
 * @param begun when the trouble began
 * @param recovered when the vendor served again
 * @param callers all of them
 * @param results on Kafka, by the caller's name; none for a job without an end
 * @param calls that the vendor with the bad hour got, as far as it can tell
 */
record BadHourEvidence(
        VendorFault fault,
        Instant quiet,
        Instant begun,
        Instant recovered,
        List<Asked> callers,
        Map<String, List<JobEnd>> results,
        List<VendorCall> calls) {}
