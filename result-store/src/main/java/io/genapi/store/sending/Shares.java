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
    public boolean enter(Delivery delivery) {
        return enter(delivery.event().tenant(), delivery.endpoint());
    }

    synchronized boolean enter(TenantId tenant, EndpointId endpoint) {
        if (endpoints.getOrDefault(endpoint, 0) >= ofEndpoint || tenants.getOrDefault(tenant, 0) >= ofTenant) {
            return false;
        }
        endpoints.merge(endpoint, 1, Integer::sum);
        tenants.merge(tenant, 1, Integer::sum);
        return true;
    }

    public void leave(Delivery delivery) {
        leave(delivery.event().tenant(), delivery.endpoint());
    }

    synchronized void leave(TenantId tenant, EndpointId endpoint) {
        endpoints.computeIfPresent(endpoint, (_, count) -> count == 1 ? null : count - 1);
        tenants.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    }
}
