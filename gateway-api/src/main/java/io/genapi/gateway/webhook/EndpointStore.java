package io.genapi.gateway.webhook;

import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import java.util.Optional;

/** What the result store knows of deliveries, and does at once. Thread-safe. */
public interface EndpointStore {

    /**
     * A page of what an endpoint was told, the newest event first.
     *
     * @param status of those that are shown; empty for all
     * @param after the last event of the page before
     */
    StoreAnswer deliveries(TenantId tenant, EndpointId id, Optional<String> status, Optional<EventId> after, int limit);

    /** What an endpoint was told of one event. */
    StoreAnswer delivery(TenantId tenant, EndpointId id, EventId event);

    /** Tells an endpoint of an example; what came of it, whatever that was. */
    TestAnswer test(TenantId tenant, EndpointId id, EventType type);
}
