package io.genapi.store.job;

import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job's one visible end.
 *
 * @param status a terminal one
 * @param vendorRequestId that vendor's own name of the last call
 * @param attempts vendor calls made
 * @param queued from submission to the start of the first attempt
 * @param vendorTime spent in vendor calls, all attempts together
 */
public record Ending(
        JobStatus status,
        int httpStatus,
        Optional<VendorName> vendor,
        Optional<VendorRequestId> vendorRequestId,
        Optional<ModelName> model,
        int attempts,
        Optional<Usage> usage,
        Optional<BigDecimal> costUsd,
        Duration queued,
        Duration vendorTime,
        Instant completedAt,
        PayloadLocation payload) {
    static Ending of(JobFact.Completed fact) {
        return new Ending(
                fact.status(),
                fact.httpStatus(),
                fact.vendor(),
                fact.vendorRequestId(),
                fact.model(),
                fact.attempts(),
                fact.usage(),
                fact.costUsd(),
                fact.queued(),
                fact.vendorTime(),
                fact.completedAt(),
                fact.payload());
    }
}
