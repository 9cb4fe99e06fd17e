package io.genapi.gateway.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.util.function.Supplier;

/** Changes endpoints, for all gateways together one after another. Thread-safe. */
public interface EndpointChanges {

    /** What is to be done, and what whoever asked is told of it. */
    sealed interface Change<T> {

        /** The endpoint is to be so. */
        record Write<T>(WebhookEndpoint endpoint, T answer) implements Change<T> {}

        /** The endpoint is to be gone, and what is known of how it did. */
        record Remove<T>(TenantId tenant, EndpointId id, T answer) implements Change<T> {}

        record Nothing<T>(T answer) implements Change<T> {}
    }

    /**
     * Returns when the change is durable and the directory knows it.
     *
     * @param change decides by a directory that knows all changes before; may be asked several times, and only the last time
     *     counts
     * @throws io.genapi.runtime.control.LogUnavailableException if it cannot be made now
     */
    <T> T make(Supplier<Change<T>> change) throws InterruptedException;
}
