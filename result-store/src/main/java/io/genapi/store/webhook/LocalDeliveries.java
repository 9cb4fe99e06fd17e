package io.genapi.store.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.query.Ownership;
import java.util.Optional;

/** What this process knows of deliveries, and who knows the rest. Thread-safe. */
public interface LocalDeliveries {

    /** Which process schedules a tenant's deliveries. */
    Ownership ownerOf(TenantId tenant);

    /** Empty while it cannot be told, because the tenant's part is moving, being restored, or elsewhere. */
    Optional<DeliveryAnswer> page(DeliveryQuery query);

    /** A page of what an endpoint was told of one event, or of nothing; empty as {@link #page} is. */
    Optional<DeliveryPage> find(TenantId tenant, EndpointId endpoint, EventId event);
}
