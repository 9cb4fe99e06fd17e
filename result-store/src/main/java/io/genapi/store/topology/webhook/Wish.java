package io.genapi.store.topology.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody wants an endpoint to be told again of all that was given up, and how far that was seen to.
 *
 * @param since which events
 * @param last what was seen to last; empty at the beginning
 */
record Wish(EndpointId endpoint, TenantId tenant, Instant requestedAt, Instant since, Optional<Entry> last) {

    Wish upTo(Entry seen) {
        return new Wish(endpoint, tenant, requestedAt, since, Optional.of(seen));
    }
}
