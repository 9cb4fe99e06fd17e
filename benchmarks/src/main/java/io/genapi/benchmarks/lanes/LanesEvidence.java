package io.genapi.benchmarks.lanes;

import io.genapi.chaos.load.Asked;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Instant;
import java.util.List;

/**
 * What was seen of one part.
 *
 * @param from when the counting began
 * @param to when it ended
 * @param asked callers in the lane priority, all of them
 * @param flood jobs of the other lane that Kafka took
 * @param calls that the vendor had in the part, the flood's and priority's
 */
record LanesEvidence(
        Flood kind, Instant from, Instant to, List<Asked> asked, List<Submission> flood, List<VendorCall> calls) {}
