package io.genapi.worker.vendor;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.RequestId;
import java.time.Duration;

/**
 * One call to be made.
 *
 * @param shortId tells this call from the job's others, in the vendor's logs and ours
 * @param left until the job's deadline, positive
 */
public record VendorCall(
        Candidate candidate,
        ChatRequestBody body,
        RequestId requestId,
        CorrelationId correlationId,
        String shortId,
        Duration left) {

    public VendorCall {
        if (!left.isPositive()) {
            throw new IllegalArgumentException("a vendor call must have some time left, not " + left);
        }
    }

    /** The same with another body, later. */
    public VendorCall with(ChatRequestBody changed, Duration leftThen) {
        return new VendorCall(candidate, changed, requestId, correlationId, shortId, leftThen);
    }

    /** From connecting to the last byte, positive. */
    public Duration limit() {
        return hasItsTime() ? candidate.vendor().timeout() : left;
    }

    /** Whether the vendor has the time that it is due, rather than less because of the job's deadline. */
    public boolean hasItsTime() {
        return left.compareTo(candidate.vendor().timeout()) >= 0;
    }
}
