package io.genapi.gateway.http;

import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one HTTP request beside what the servlet tells: its ids, and what its handler found out, for the log,
 * the trace and the metrics. Used by one thread.
 */
final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private final RequestId requestId;
    private final CorrelationId correlationId;
    private @Nullable JobId jobId;
    private @Nullable String errorCode;
    private long requestBytes;

    Exchange(RequestId requestId, CorrelationId correlationId) {
        this.requestId = requestId;
        this.correlationId = correlationId;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** @throws IllegalStateException if the request did not pass the {@link ExchangeFilter} */
    static Exchange of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            return exchange;
        }
        throw new IllegalStateException("the request did not pass the exchange filter");
    }

    RequestId requestId() {
        return requestId;
    }

    CorrelationId correlationId() {
        return correlationId;
    }

    Optional<JobId> jobId() {
        return Optional.ofNullable(jobId);
    }

    void concerns(JobId id) {
        jobId = id;
    }

    Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    void failedWith(String code) {
        errorCode = code;
    }

    long requestBytes() {
        return requestBytes;
    }

    void received(long bytes) {
        requestBytes = bytes;
    }
}
