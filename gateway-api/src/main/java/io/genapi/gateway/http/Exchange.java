package io.genapi.gateway.http;

import io.genapi.gateway.tenant.Entry;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one HTTP request beside what the servlet tells: its ids, its sender, and what its handler found out,
 * for the log, the trace and the metrics. Used by one thread.
 */
final class Exchange {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private final RequestId requestId;
    private final CorrelationId correlationId;
    private Entry entry = new Entry.KeyMissing();
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

    void entered(Entry how) {
        entry = how;
    }

    /** Whose request it is; nobody's where the catalog names no tenants. */
    Optional<Tenant> tenant() {
        return entry instanceof Entry.Known(Tenant tenant) ? Optional.of(tenant) : Optional.empty();
    }

    /** Whether its sender may see and steer the broker itself. */
    boolean isOperator() {
        return switch (entry) {
            case Entry.Open() -> true;
            case Entry.Known(Tenant tenant) -> tenant.operator();
            case Entry.Elsewhere _, Entry.KeyMissing _, Entry.KeyUnknown _ -> false;
        };
    }

    /**
     * Who sees no jobs but its own; empty for who may see all.
     *
     * @throws IllegalStateException if its sender was not let in: it sees none
     */
    Optional<TenantId> viewer() {
        return switch (entry) {
            case Entry.Open() -> Optional.empty();
            case Entry.Known(Tenant tenant) -> Optional.of(tenant.id());
            case Entry.Elsewhere _, Entry.KeyMissing _, Entry.KeyUnknown _ ->
                throw new IllegalStateException("the request's sender was not let in");
        };
    }

    /** Who pays for what is asked. */
    TenantId payer() {
        return viewer().orElse(TenantId.DEFAULT);
    }

    boolean mayName(ModelName model) {
        return tenant().map(sender -> sender.models().allows(model)).orElse(true);
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
