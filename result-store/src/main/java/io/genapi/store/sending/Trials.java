package io.genapi.store.sending;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventType;
import java.util.concurrent.Semaphore;

/**
 * Sends examples to endpoints whose tenants try them, a few at once: they have room of their own beside what is due, and no
 * tenant can have all of it. Thread-safe.
 */
public final class Trials {

    /** What came of asking for one. */
    public sealed interface Outcome {

        /** One attempt was made, whatever came of it. */
        record Made(DeliveryAttempt attempt) implements Outcome {}

        /** The tenant has no such endpoint. */
        record NoEndpoint() implements Outcome {}

        /** Nothing was sent, for as many as may be are under way. */
        record Busy() implements Outcome {}
    }

    private final Sender sender;
    private final Shares shares;
    private final Semaphore all;

    /**
     * @param shares of an endpoint and of a tenant
     * @param most under way here at once
     */
    public Trials(Sender sender, Shares shares, int most) {
        this.sender = sender;
        this.shares = shares;
        this.all = new Semaphore(most);
    }

    /** Takes as long as an attempt may take. */
    public Outcome test(TenantId tenant, EndpointId id, EventType type) throws InterruptedException {
        if (!shares.enter(tenant, id)) {
            return new Outcome.Busy();
        }
        try {
            if (!all.tryAcquire()) {
                return new Outcome.Busy();
            }
            try {
                return sender.test(tenant, id, type)
                        .<Outcome>map(Outcome.Made::new)
                        .orElseGet(Outcome.NoEndpoint::new);
            } finally {
                all.release();
            }
        } finally {
            shares.leave(tenant, id);
        }
    }
}
