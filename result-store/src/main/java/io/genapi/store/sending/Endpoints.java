package io.genapi.store.sending;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import java.util.Optional;

/** The endpoints as they are now. Thread-safe. */
@FunctionalInterface
public interface Endpoints {

    /** A tenant's endpoint; empty where there is certainly none, or it is another tenant's. */
    Optional<KnownEndpoint> find(TenantId tenant, EndpointId id) throws InterruptedException;
}
