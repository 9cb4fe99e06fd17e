package io.genapi.schemas.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job's end.
 *
 * @param status one of the terminal ones
 * @param httpStatus the vendor's or the broker's status code, as the waiting call gets it
 * @param vendor who answered; empty where no vendor was asked
 * @param vendorRequestId that vendor's own name of the last call; empty where it gave none
 * @param model the caller's name of the model; empty where the request named none
 * @param attempts vendor calls made
 * @param usage what the vendor counted
 * @param costUsd in US dollars, where the catalog has a price
 * @param queued from submission to the start of the first attempt
 * @param vendorTime spent in vendor calls, all attempts together
 * @param audience as its request had it
 * @param published what of the answer was published in pieces; empty where nothing was
 * @param body a {@code chat.completion} object if succeeded, else OpenAI's error envelope; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on, never copied or compared.
public record JobResult(
        JobId id,
        JobStatus status,
        int httpStatus,
        TenantId tenant,
        Correlation correlation,
        RequestId requestId,
        Optional<VendorName> vendor,
        Optional<VendorRequestId> vendorRequestId,
        Optional<ModelName> model,
        int attempts,
        Optional<Usage> usage,
        Optional<BigDecimal> costUsd,
        Duration queued,
        Duration vendorTime,
        Instant completedAt,
        Audience audience,
        Optional<PublishedRun> published,
        byte[] body) {

    public JobResult {
        if (!status.isTerminal()) {
            throw new IllegalArgumentException("a result's status must be terminal, not " + status);
        }
    }

    /** The end of a job that published no pieces, and of which no call has a name. */
    public JobResult(
            JobId id,
            JobStatus status,
            int httpStatus,
            TenantId tenant,
            Correlation correlation,
            RequestId requestId,
            Optional<VendorName> vendor,
            Optional<ModelName> model,
            int attempts,
            Optional<Usage> usage,
            Optional<BigDecimal> costUsd,
            Duration queued,
            Duration vendorTime,
            Instant completedAt,
            Audience audience,
            byte[] body) {
        this(
                id,
                status,
                httpStatus,
                tenant,
                correlation,
                requestId,
                vendor,
                Optional.empty(),
                model,
                attempts,
                usage,
                costUsd,
                queued,
                vendorTime,
                completedAt,
                audience,
                Optional.empty(),
                body);
    }

    /** The id of the one endpoint that is told, where the request named one. */
    public Optional<String> webhookEndpoint() {
        return audience.webhookEndpoint();
    }
}
