package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import io.genapi.store.webhook.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What time brings: what has ended is forgotten, and what was known of endpoints that are none any more; a delivery that is
 * lost is made once more. Used by the thread of its task.
 */
final class Upkeep {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);

    private final Endpoints endpoints;
    private final Tellings tellings;
    private final Ledger ledger;
    private final Outgoing outgoing;
    private final WebhookMetrics metrics;
    private final ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context;
    private Optional<EndpointId> lastOfRound = Optional.empty();
    private Instant nextRound = Instant.EPOCH;

    Upkeep(
            Endpoints endpoints,
            Tellings tellings,
            Ledger ledger,
            Outgoing outgoing,
            WebhookMetrics metrics,
            ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context) {
        this.endpoints = endpoints;
        this.tellings = tellings;
        this.ledger = ledger;
        this.outgoing = outgoing;
        this.metrics = metrics;
        this.context = context;
    }

    /** Of each kind not more than so many. */
    void see(Instant now, int most) {
        tellings.upkeep(now, most).forEach(entry -> seeTo(entry, now));
        if (!now.isBefore(nextRound)) {
            lastOfRound = endpoints.forgetGone(lastOfRound, most, now);
            nextRound = lastOfRound.isPresent() ? now : now.plus(BETWEEN_ROUNDS);
        }
    }

    private void seeTo(Entry entry, Instant now) {
        Optional<Telling> found = tellings.find(entry);
        tellings.seenTo(entry);
        if (found.isEmpty()) {
            if (tellings.isKnown(entry.endpoint(), entry.event())) {
                tellings.seeToAgain(entry, now.plus(DueDeliveries.UNREADABLE_PATIENCE));
            }
        } else if (tellings.isToBeSeenTo(found.get(), now)) {
            seeTo(found.get(), now);
        }
    }

    private void seeTo(Telling telling, Instant now) {
        if (telling.stage().isEnd()) {
            ledger.forget(telling);
        } else {
            metrics.resent();
            Optional<Instant> enabledAt = endpoints
                    .receiver(telling)
                    .flatMap(known -> known.endpoint().enabledAt());
            context.forward(outgoing.delivery(telling.delivery(enabledAt), now));
            ledger.move(Optional.of(telling), telling.underWay(now));
        }
    }
}
