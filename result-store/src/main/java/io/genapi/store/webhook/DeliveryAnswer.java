package io.genapi.store.webhook;

import io.genapi.schemas.webhook.EventId;

/** What came of asking for what an endpoint was told. */
public sealed interface DeliveryAnswer {

    record Found(DeliveryPage page) implements DeliveryAnswer {}

    /**
     * It cannot be told where the page begins.
     *
     * @param after of which the endpoint was told nothing, or which is forgotten
     */
    record Forgotten(EventId after) implements DeliveryAnswer {}
}
