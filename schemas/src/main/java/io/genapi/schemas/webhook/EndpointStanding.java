package io.genapi.schemas.webhook;

import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * How an endpoint does, by those who send to it; its tenant's own record tells nothing of that.
 *
 * @param enabledAt which enabling it is about: when a tenant enables the endpoint anew, what was before counts no longer
 * @param failingSince when the first of the attempts was that have all failed since
 * @param disabled why nothing is sent to it any more
 */
public record EndpointStanding(
        EndpointId id,
        TenantId tenant,
        Instant enabledAt,
        Optional<Instant> failingSince,
        Optional<Disabled> disabled) {

    /** @param reason for people, such as {@code answered 410 Gone} */
    public record Disabled(String reason, Instant at) {}

    /** Whether it still counts for the endpoint as it is now. */
    public boolean isAbout(WebhookEndpoint endpoint) {
        return endpoint.id().equals(id) && endpoint.enabledAt().equals(Optional.of(enabledAt));
    }
}
