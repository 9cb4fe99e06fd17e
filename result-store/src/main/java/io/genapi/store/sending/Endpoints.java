package io.genapi.store.sending;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import java.util.Optional;

/** The endpoints as far as this process knows them. Thread-safe. */
public interface Endpoints {

    /** A tenant's endpoint; empty where none is known, or it is another tenant's. */
    Optional<KnownEndpoint> find(TenantId tenant, EndpointId id);

    /**
     * Returns when all is known that was registered or changed before.
     *
     * @throws RuntimeException if Kafka does not tell
     */
    void catchUp() throws InterruptedException;
}
