package io.genapi.simulator.exchange;

/** Answers exchanges, each on a virtual thread of its own; called concurrently. */
@FunctionalInterface
public interface ExchangeHandler {

    /**
     * Returns when the exchange was finished or dropped.
     *
     * @throws InterruptedException if the client left first
     */
    void handle(Exchange exchange) throws InterruptedException;
}
