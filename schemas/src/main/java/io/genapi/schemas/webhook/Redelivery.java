package io.genapi.schemas.webhook;

import io.genapi.schemas.job.TenantId;
import java.time.Instant;

/**
 * Somebody wants an endpoint to be told again of what it was told of, or not.
 *
 * @param requestedAt when, by whoever was asked
 */
public record Redelivery(EndpointId endpoint, TenantId tenant, Instant requestedAt, Scope scope) {

    public sealed interface Scope {

        /** That event, whatever came of it before. */
        record One(EventId event) implements Scope {}

        /** All that was given up, of events since then. */
        record AllFailed(Instant since) implements Scope {}
    }
}
