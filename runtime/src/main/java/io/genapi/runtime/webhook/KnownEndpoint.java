package io.genapi.runtime.webhook;

import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.util.Optional;

/**
 * An endpoint and how it does.
 *
 * @param standing empty while nothing is known that still counts
 */
public record KnownEndpoint(WebhookEndpoint endpoint, Optional<EndpointStanding> standing) {

    /** Whether it is to be told of anything: its tenant wants it to be, and it was not given up since. */
    public boolean isEnabled() {
        return endpoint.enabledAt().isPresent() && disabled().isEmpty();
    }

    /** The same one as it is after a change. */
    public KnownEndpoint as(WebhookEndpoint changed) {
        return new KnownEndpoint(changed, standing.filter(found -> found.isAbout(changed)));
    }

    /** Why it was given up since its tenant enabled it last. */
    public Optional<EndpointStanding.Disabled> disabled() {
        return standing.flatMap(EndpointStanding::disabled);
    }
}
