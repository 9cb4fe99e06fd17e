package io.genapi.gateway.http;

import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Lets callers wait for their turn to change an endpoint, as many of a tenant's at once as may: all tenants' wait for one
 * another, so that one with many would leave no time to the others. Thread-safe.
 */
final class ChangeRoom {

    /** A tool that makes a tenant's endpoints has some ten of them under way; each takes some milliseconds. */
    private static final int OF_A_TENANT = 16;

    private final TenantPlaces changes = new TenantPlaces(OF_A_TENANT);

    /**
     * @return to be closed when the change is made
     * @throws ApiErrorException with 429 where there are too many
     */
    TenantPlaces.Place enter(Exchange exchange, HttpServletResponse response) {
        TenantId tenant = exchange.payer();
        return changes.take(tenant).orElseThrow(() -> {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            return new ApiErrorException(new ApiError(
                    429,
                    "requests",
                    Optional.empty(),
                    Optional.of("rate_limit_exceeded"),
                    "Rate limit reached for '%s' on changes of webhook endpoints: limit %d at once. Try again when some have been made."
                            .formatted(tenant, changes.limit())));
        });
    }
}
