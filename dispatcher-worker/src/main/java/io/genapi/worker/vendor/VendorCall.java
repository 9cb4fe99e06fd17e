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
 * @param limit from connecting to the last byte, positive: the vendor's timeout or what is left to the deadline
 */
public record VendorCall(
        Candidate candidate,
        ChatRequestBody body,
        RequestId requestId,
        CorrelationId correlationId,
        String shortId,
        Duration limit) {

    public VendorCall {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a vendor call's limit must be positive, not " + limit);
        }
    }

    /** The same with another body, in what time is left. */
    public VendorCall with(ChatRequestBody changed, Duration left) {
        return new VendorCall(candidate, changed, requestId, correlationId, shortId, left);
    }

    /** Whether the job's deadline leaves the vendor less time than it is due. */
    public boolean cutShort() {
        return limit.compareTo(candidate.vendor().timeout()) < 0;
    }
}
