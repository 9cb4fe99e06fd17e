package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.EndpointLimits;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Has the deliveries made that are due, as far as their endpoints have room. Used by the thread of its task. */
final class DueDeliveries {
    /** The rest is left to the next tick, so that no record takes long. */
    private static final int MOST_FOR_A_RECORD = 32;

    /** A telling that this version cannot read is for a newer one, which may come. */
    static final Duration UNREADABLE_PATIENCE = Duration.ofHours(1);

    private final Endpoints endpoints;
    private final EndpointLimits limits;
    private final Tellings tellings;
    private final Ledger ledger;
    private final Outgoing outgoing;
    private final WebhookMetrics metrics;
    private final ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context;
    private final Alarms alarms = new Alarms();

    DueDeliveries(
            Endpoints endpoints,
            EndpointLimits limits,
            Tellings tellings,
            Ledger ledger,
            Outgoing outgoing,
            WebhookMetrics metrics,
            ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context) {
        this.endpoints = endpoints;
        this.limits = limits;
        this.tellings = tellings;
        this.ledger = ledger;
        this.outgoing = outgoing;
        this.metrics = metrics;
        this.context = context;
        tellings.firstOfEach().forEach(first -> alarms.set(first.endpoint(), first.at()));
    }

    /** Has an endpoint seen to when all are whose time has come. */
    void pumpSoon(EndpointId endpoint, Instant now) {
        alarms.set(endpoint, now);
    }

    /** For one endpoint, after a record that may have given it room or something to be told. */
    void pump(EndpointId endpoint, Instant now) {
        var _ = pump(endpoint, now, MOST_FOR_A_RECORD);
    }

    /** For all endpoints whose time has come; not more than so many. */
    void pumpAll(Instant now, int most) {
        int left = most;
        List<EndpointId> next = alarms.due(now, 1);
        while (!next.isEmpty()) {
            left -= Math.max(1, pump(next.getFirst(), now, left));
            next = left > 0 ? alarms.due(now, 1) : List.of();
        }
    }

    /** Tells how many it has seen to. */
    private int pump(EndpointId endpoint, Instant now, int most) {
        if (ledger.pending(endpoint) == 0) {
            alarms.clear(endpoint);
            return 0;
        }
        int room = Math.min(most, endpoints.room(endpoint, now));
        int seen = 0;
        boolean hasRoom = room > 0;
        for (Entry entry : hasRoom ? tellings.due(endpoint, now, room) : List.<Entry>of()) {
            hasRoom = seeTo(entry, now);
            if (!hasRoom) {
                break;
            }
            seen++;
        }
        setAlarm(endpoint, hasRoom && endpoints.room(endpoint, now) > 0, now);
        return seen;
    }

    private void setAlarm(EndpointId endpoint, boolean hasRoom, Instant now) {
        Instant earliest = hasRoom ? now : endpoints.roomAt(endpoint, now);
        tellings.firstDue(endpoint)
                .ifPresentOrElse(
                        first -> alarms.set(endpoint, first.isAfter(earliest) ? first : earliest),
                        () -> alarms.clear(endpoint));
    }

    /** Tells whether there was room. */
    private boolean seeTo(Entry entry, Instant now) {
        return pending(entry, now).map(telling -> seeTo(telling, now)).orElse(true);
    }

    /** What an entry is about, if that can be read. */
    private Optional<Telling> pending(Entry entry, Instant now) {
        Optional<Telling> telling = tellings.find(entry);
        if (telling.isEmpty() && tellings.isKnown(entry.endpoint(), entry.event())) {
            tellings.postpone(entry, now.plus(UNREADABLE_PATIENCE));
            return Optional.empty();
        }
        Optional<Telling> pending = telling.filter(found -> found.stage() == Stage.PENDING);
        pending.ifPresentOrElse(found -> tellings.listAsItIs(entry, found), () -> ledger.notDue(entry));
        return pending;
    }

    private boolean seeTo(Telling telling, Instant now) {
        Optional<KnownEndpoint> known = endpoints.receiver(telling);
        if (known.isEmpty()) {
            endpoints.forgetGone(telling, now);
            return true;
        }
        KnownEndpoint receiver = known.get();
        if (!receiver.endpoint().eventTypes().contains(telling.event().type())) {
            metrics.ignored("unwanted_type");
            ledger.forget(telling);
            return true;
        }
        EndpointHealth health = endpoints.health(receiver);
        if (!Endpoints.isTold(receiver, health)) {
            ledger.end(Optional.of(telling), telling.failed(Endpoints.DISABLED, now));
            return true;
        }
        if (!health.hasRoom(now, limits)) {
            return false;
        }
        context.forward(outgoing.delivery(telling.delivery(receiver.endpoint().enabledAt()), now));
        ledger.move(Optional.of(telling), telling.underWay(now));
        ledger.put(health.began(now, limits));
        return true;
    }
}
