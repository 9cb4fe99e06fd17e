package io.genapi.schemas.webhook;

import java.time.Instant;

/**
 * One try to tell one endpoint of one event, which is due.
 *
 * @param attempt counted from 1, for this event and endpoint
 * @param dueAt when it was to be made
 */
public record Delivery(WebhookEvent event, EndpointId endpoint, int attempt, Instant dueAt) {}
