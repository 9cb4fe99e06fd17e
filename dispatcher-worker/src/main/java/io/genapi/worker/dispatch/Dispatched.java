package io.genapi.worker.dispatch;

import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.time.Instant;

/** What came of working on a job. */
public sealed interface Dispatched {

    /** It has its result, which is durable. */
    record Ended(JobResult result) implements Dispatched {}

    /**
     * It is to rest until the vendor recovers, outside of the way of other jobs. Nothing is durable yet.
     *
     * @param parking what it has been through, this time counted
     * @param deadline its own or the default
     * @param reason in a sentence
     */
    record Parked(VendorName vendor, Parking parking, Instant deadline, String reason) implements Dispatched {}

    /**
     * It is to come again after a while, from where it is: no other job of its ordering key may pass it. Nothing is
     * durable.
     *
     * @param soFar what it has been through
     */
    record Later(Duration pause, Parking soFar) implements Dispatched {}
}
