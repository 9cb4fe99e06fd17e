package io.genapi.gateway.webhook;

import io.genapi.schemas.webhook.Redelivery;

/** Takes wishes that endpoints are told again. Thread-safe. */
public interface Redeliveries {

    /**
     * Returns when the wish is durable.
     *
     * @throws io.genapi.runtime.control.LogUnavailableException if Kafka does not confirm it
     */
    void ask(Redelivery wish) throws InterruptedException;
}
