package io.genapi.store.sending;

import io.genapi.schemas.webhook.WebhookEvent;

/** Reads the results that events tell of. Thread-safe; takes a bounded time. */
@FunctionalInterface
public interface ResultReader {

    /** @param largest that is wanted, in bytes */
    ResultReading read(WebhookEvent event, int largest) throws InterruptedException;
}
