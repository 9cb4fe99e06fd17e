package io.genapi.store.sending;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EndpointId;
import java.util.HashMap;
import java.util.Map;

/**
 * How many attempts one endpoint, and all of one tenant, may have under way here at once, so that nobody whose receivers
 * hang takes what others need. Thread-safe.
 */
public final class Shares {

    private final int ofEndpoint;
    private final int ofTenant;
    private final Map<EndpointId, Integer> endpoints = new HashMap<>();
    private final Map<TenantId, Integer> tenants = new HashMap<>();

    public Shares(int ofEndpoint, int ofTenant) {
        this.ofEndpoint = ofEndpoint;
        this.ofTenant = ofTenant;
    }

    /** Whether the attempt may begin; if so, it is to be {@link #leave left} again. */
    public synchronized boolean enter(Delivery delivery) {
        TenantId tenant = delivery.event().tenant();
        if (endpoints.getOrDefault(delivery.endpoint(), 0) >= ofEndpoint
                || tenants.getOrDefault(tenant, 0) >= ofTenant) {
            return false;
        }
        endpoints.merge(delivery.endpoint(), 1, Integer::sum);
        tenants.merge(tenant, 1, Integer::sum);
        return true;
    }

    public synchronized void leave(Delivery delivery) {
        endpoints.computeIfPresent(delivery.endpoint(), (_, count) -> count == 1 ? null : count - 1);
        tenants.computeIfPresent(delivery.event().tenant(), (_, count) -> count == 1 ? null : count - 1);
    }
}
