package io.genapi.store.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import java.util.Optional;

/**
 * Asks for what an endpoint was told, the newest events first.
 *
 * @param after the last one of the page before
 */
public record DeliveryQuery(
        TenantId tenant, EndpointId endpoint, Optional<Telling.Stage> stage, Optional<EventId> after, int limit) {}
