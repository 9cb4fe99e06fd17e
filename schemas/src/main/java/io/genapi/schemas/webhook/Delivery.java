package io.genapi.schemas.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * One try to tell one endpoint of one event, which is due.
 *
 * @param attempt counted from 1, for this event and endpoint
 * @param dueAt when it was to be made
 * @param enabledAt which enabling of the endpoint whoever has it made knew last; empty where it does not say
 */
public record Delivery(
        WebhookEvent event, EndpointId endpoint, int attempt, Instant dueAt, Optional<Instant> enabledAt) {

    public Delivery(WebhookEvent event, EndpointId endpoint, int attempt, Instant dueAt) {
        this(event, endpoint, attempt, dueAt, Optional.empty());
    }
}
