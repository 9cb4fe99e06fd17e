package io.genapi.gateway.http;

import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Lets callers wait for jobs that are there already, as many of a tenant's at once as may. Thread-safe. */
public final class WaitingRoom {

    private final TenantPlaces reads;

    public WaitingRoom(TenantPlaces reads) {
        this.reads = reads;
    }

    /**
     * @return to be closed when the caller has been answered
     * @throws ApiErrorException with 429 where there are too many
     */
    TenantPlaces.Place enter(Exchange exchange, HttpServletResponse response) {
        TenantId tenant = exchange.payer();
        return reads.take(tenant).orElseThrow(() -> {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            return new ApiErrorException(new ApiError(
                    429,
                    "requests",
                    Optional.empty(),
                    Optional.of("rate_limit_exceeded"),
                    ("Rate limit reached for '%s' on polls that wait and streams of jobs: limit %d at once"
                                    + " (genapi.gateway.max-waiting-reads). Ask without 'Prefer: wait', or try again when"
                                    + " some have ended.")
                            .formatted(tenant, reads.limit())));
        });
    }
}
