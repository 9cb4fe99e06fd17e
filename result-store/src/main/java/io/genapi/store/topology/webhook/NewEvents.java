package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.webhook.Telling;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has events told to the endpoints that they are for. Used by the thread of its task. */
final class NewEvents {
    /** Why an event has failed that came when too many were waiting for its endpoint; it can be asked for again. */
    static final String TOO_MANY_PENDING = "too_many_pending";

    private static final Logger LOG = LoggerFactory.getLogger(NewEvents.class);

    private final EndpointDirectory directory;
    private final Tellings tellings;
    private final Ledger ledger;
    private final DueDeliveries due;
    private final int mostPending;
    private final WebhookMetrics metrics;
    private final Set<EndpointId> full = new HashSet<>();

    /** @param mostPending of one endpoint */
    NewEvents(
            EndpointDirectory directory,
            Tellings tellings,
            Ledger ledger,
            DueDeliveries due,
            int mostPending,
            WebhookMetrics metrics) {
        this.directory = directory;
        this.tellings = tellings;
        this.ledger = ledger;
        this.due = due;
        this.mostPending = mostPending;
        this.metrics = metrics;
    }

    void begin(WebhookEvent event, Instant now) {
        for (EndpointId endpoint : Receivers.of(event, directory).toList()) {
            if (tellings.isKnown(endpoint, event.id())) {
                metrics.ignored("duplicate_event");
            } else {
                begin(Telling.of(event, endpoint, now), now);
            }
        }
    }

    private void begin(Telling telling, Instant now) {
        int pending = ledger.pending(telling.endpoint());
        if (pending >= mostPending) {
            ledger.end(Optional.empty(), telling.failed(TOO_MANY_PENDING, now));
            warn(telling);
            return;
        }
        if (pending <= mostPending / 2) {
            full.remove(telling.endpoint());
        }
        ledger.move(Optional.empty(), telling);
        due.pump(telling.endpoint(), now);
    }

    /** Once, until half of them are gone. */
    private void warn(Telling telling) {
        if (full.add(telling.endpoint())) {
            LOG.atWarn()
                    .addKeyValue("tenant", telling.event().tenant())
                    .addKeyValue("endpoint", telling.endpoint())
                    .addKeyValue("pending", mostPending)
                    .log("A webhook endpoint takes less than there is to tell; what is new has failed, for redelivery");
        }
    }
}
