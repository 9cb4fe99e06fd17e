package io.genapi.gateway.webhook;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a tenant wants of an endpoint, as far as it says; what it does not say of one that there is stays as it is. */
public record EndpointWish(
        Optional<String> name,
        Optional<URI> url,
        Optional<Set<EventType>> eventTypes,
        Optional<Boolean> isDefault,
        Optional<Boolean> includesResult,
        Optional<Boolean> enabled) {

    /** Whether an endpoint is as it would be if it were made so. */
    boolean isFulfilledBy(WebhookEndpoint endpoint) {
        return name.equals(Optional.of(endpoint.name()))
                && url.equals(Optional.of(endpoint.url()))
                && eventTypes.equals(Optional.of(endpoint.eventTypes()))
                && isDefault.orElse(true) == endpoint.isDefault()
                && includesResult.orElse(false) == endpoint.includesResult()
                && enabled.orElse(true) == endpoint.enabledAt().isPresent();
    }

    /** The endpoint as it is to be; the same where nothing changes. */
    WebhookEndpoint of(KnownEndpoint known, Instant clock) {
        WebhookEndpoint endpoint = known.endpoint();
        Instant now = ofChange(endpoint, clock);
        WebhookEndpoint changed = new WebhookEndpoint(
                endpoint.id(),
                endpoint.tenant(),
                name.orElse(endpoint.name()),
                url.orElse(endpoint.url()),
                eventTypes.orElse(endpoint.eventTypes()),
                isDefault.orElse(endpoint.isDefault()),
                includesResult.orElse(endpoint.includesResult()),
                endpoint.secret(),
                endpoint.retiring(),
                enabledAt(known, now),
                endpoint.createdAt(),
                endpoint.updatedAt(),
                endpoint.key());
        return changed.equals(endpoint) ? endpoint : updated(changed, now);
    }

    /**
     * When a change is made: after the one before, though that was made by a gateway whose clock is ahead, so that stores can
     * tell which of two enablings is the former one.
     */
    static Instant ofChange(WebhookEndpoint before, Instant now) {
        Instant next = before.updatedAt().plusMillis(1);
        return now.isBefore(next) ? next : now;
    }

    /** How another receiver did says nothing of this one, so a new address counts as enabling, if it is enabled. */
    private Optional<Instant> enabledAt(KnownEndpoint known, Instant now) {
        Optional<Instant> before = known.endpoint().enabledAt();
        boolean elsewhere =
                url.isPresent() && !url.get().equals(known.endpoint().url());
        boolean wanted = enabled.orElse(before.isPresent());
        if (!wanted) {
            return Optional.empty();
        }
        boolean anew = known.isEnabled() ? elsewhere : enabled.isPresent();
        return anew ? Optional.of(now) : before;
    }

    private static WebhookEndpoint updated(WebhookEndpoint endpoint, Instant now) {
        return new WebhookEndpoint(
                endpoint.id(),
                endpoint.tenant(),
                endpoint.name(),
                endpoint.url(),
                endpoint.eventTypes(),
                endpoint.isDefault(),
                endpoint.includesResult(),
                endpoint.secret(),
                endpoint.retiring(),
                endpoint.enabledAt(),
                endpoint.createdAt(),
                now,
                endpoint.key());
    }
}
