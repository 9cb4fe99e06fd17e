package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.RedeliveryRecords;
import io.genapi.schemas.kafka.WebhookEventRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.topology.SourceRecord;
import io.genapi.store.webhook.AttemptDecision;
import io.genapi.store.webhook.AttemptDecision.Delivered;
import io.genapi.store.webhook.AttemptDecision.Disable;
import io.genapi.store.webhook.AttemptDecision.GiveUp;
import io.genapi.store.webhook.AttemptDecision.RetryAt;
import io.genapi.store.webhook.AttemptPolicy;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each event for each endpoint until it is delivered or given up, and has a delivery made when it is due and its
 * endpoint has room. One task does so for all endpoints of a tenant.
 */
final class DeliveryScheduler implements Processor<byte[], byte[], byte[], ProducerRecord<byte[], byte[]>> {
    static final Duration TICK = Duration.ofMillis(500);

    /** Why an event has failed whose endpoint is told nothing; it can be asked for again. */
    static final String ENDPOINT_DISABLED = "endpoint_disabled";

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryScheduler.class);
    /** Of each kind in one go, so that they never hold up the records for long. */
    private static final int MOST_AT_ONCE = 500;
    /** Its tenant may enable or remove an endpoint that has no room. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final EndpointDirectory directory;
    private final EndpointKnowledge knowledge;
    private final AttemptPolicy policy;
    private final RandomGenerator random;
    private final Outgoing outgoing;
    private final WebhookMetrics metrics;
    private final ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context;
    private final Tellings tellings;
    private final Ledger ledger;
    private final Alarms alarms = new Alarms();

    DeliveryScheduler(
            EndpointDirectory directory,
            EndpointKnowledge knowledge,
            AttemptPolicy policy,
            RandomGenerator random,
            Outgoing outgoing,
            WebhookMetrics metrics,
            Tellings tellings,
            ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context) {
        this.directory = directory;
        this.knowledge = knowledge;
        this.policy = policy;
        this.random = random;
        this.outgoing = outgoing;
        this.metrics = metrics;
        this.tellings = tellings;
        this.context = context;
        this.ledger = new Ledger(tellings, metrics, context.taskId().partition());
        tellings.firstOfEach().forEach(first -> alarms.set(first.endpoint(), first.at()));
        var _ = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> look(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> consumed = SourceRecord.of(record, context);
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        Optional<WebhookEvent> event = WebhookEventRecords.read(consumed);
        Optional<DeliveryAttempt> attempt = DeliveryAttemptRecords.read(consumed);
        Optional<Redelivery> wish = RedeliveryRecords.read(consumed);
        event.ifPresent(news -> begin(news, now));
        attempt.ifPresent(made -> take(made, now));
        wish.ifPresent(asked -> again(asked, now));
        if (event.isEmpty() && attempt.isEmpty() && wish.isEmpty()) {
            metrics.ignored("unreadable");
            LOG.atWarn()
                    .addKeyValue("topic", consumed.topic())
                    .addKeyValue("partition", consumed.partition())
                    .addKeyValue("offset", consumed.offset())
                    .log("A record of webhooks was skipped: this version does not know it");
        }
    }

    private void begin(WebhookEvent event, Instant now) {
        for (EndpointId endpoint : Receivers.of(event, directory).toList()) {
            if (tellings.find(endpoint, event.id()).isPresent()) {
                metrics.ignored("duplicate_event");
            } else {
                move(Optional.empty(), Telling.of(event, endpoint, now));
                pump(endpoint, now);
            }
        }
    }

    private void take(DeliveryAttempt attempt, Instant now) {
        EndpointId endpoint = attempt.delivery().endpoint();
        EventId event = attempt.delivery().event().id();
        Optional<Telling> known = tellings.find(endpoint, event)
                .filter(telling -> !telling.stage().isEnd())
                .filter(telling -> telling.attempts() + 1 == attempt.delivery().attempt());
        if (known.isEmpty()) {
            // Made twice, after a crash; the first one counts.
            metrics.ignored("duplicate_attempt");
            return;
        }
        Telling telling = known.get();
        Optional<KnownEndpoint> receiver = directory.find(telling.event().tenant(), endpoint);
        if (receiver.isEmpty()) {
            forgetGone(telling);
        } else {
            settle(telling, attempt, receiver.get(), now);
        }
        pump(endpoint, now);
    }

    private void settle(Telling telling, DeliveryAttempt attempt, KnownEndpoint receiver, Instant now) {
        EndpointHealth before = health(receiver);
        // What a transaction that came to nothing has sent may be made all the same.
        EndpointHealth during = telling.stage() == Stage.UNDER_WAY ? before : before.began(now, policy.limits());
        int made = telling.inThisRound() + 1;
        boolean isOfFormer = attempt.enabledAt()
                .map(sent -> !sent.equals(before.enabledAt()))
                .orElseGet(() -> begun(telling, attempt).isBefore(before.enabledAt()));
        AttemptDecision decision = isOfFormer
                ? policy.decideOfFormer(attempt, made, now, random)
                : policy.decide(attempt, made, before, now, random);
        EndpointHealth after = isOfFormer ? during.returned() : policy.after(attempt, during, now);
        metrics.attempt(AttemptPolicy.outcomeOf(attempt.outcome()));
        Telling attempted = telling.attempted(attempt);
        switch (decision) {
            case Delivered() -> end(telling, attempted.delivered(now));
            case RetryAt(Instant at) -> move(Optional.of(telling), attempted.dueAt(at, now));
            case GiveUp(String reason) -> end(telling, attempted.failed(reason, now));
            case Disable(String reason) -> {
                end(telling, attempted.failed(ENDPOINT_DISABLED, now));
                after = disabled(after, reason, now);
            }
        }
        put(before, after, receiver, now);
    }

    /** Of a sender that does not tell: when it was put on its way, or sent, if the sender's clock is behind ours. */
    private static Instant begun(Telling telling, DeliveryAttempt attempt) {
        return attempt.at().isBefore(telling.movedAt()) ? attempt.at() : telling.movedAt();
    }

    private EndpointHealth disabled(EndpointHealth health, String reason, Instant now) {
        if (health.disabled().isPresent()) {
            return health;
        }
        metrics.disabled(reason.startsWith("answered") ? "gone" : "only_fails");
        LOG.atWarn()
                .addKeyValue("tenant", health.tenant())
                .addKeyValue("endpoint", health.id())
                .addKeyValue("reason", reason)
                .log("A webhook endpoint is told nothing any more");
        return health.disabled(reason, now);
    }

    /** Others are to know when an endpoint begins to fail, works again, or is given up, and not of each attempt. */
    private void put(EndpointHealth before, EndpointHealth after, KnownEndpoint receiver, Instant now) {
        ledger.put(after);
        if (!after.standing().equals(before.standing())
                && receiver.endpoint().enabledAt().isPresent()) {
            context.forward(outgoing.standing(after.standing(), now));
        }
    }

    /** As it counts since its tenant has enabled it last. */
    private EndpointHealth health(KnownEndpoint receiver) {
        EndpointId id = receiver.endpoint().id();
        Optional<EndpointHealth> stored = tellings.health(id);
        Instant enabledAt = receiver.endpoint()
                .enabledAt()
                .or(() -> stored.map(EndpointHealth::enabledAt))
                .orElse(Instant.EPOCH);
        return stored.map(health -> health.enabled(enabledAt, policy.limits()))
                .orElseGet(() -> EndpointHealth.fresh(id, receiver.endpoint().tenant(), enabledAt, policy.limits()));
    }

    private void again(Redelivery wish, Instant now) {
        switch (wish.scope()) {
            case Redelivery.Scope.One(EventId event) ->
                tellings.find(wish.endpoint(), event)
                        .ifPresentOrElse(
                                telling -> again(telling, wish.tenant(), wish.requestedAt(), now),
                                () -> unknown(wish, event));
            // There may be any number of them, and a transaction has to end in time.
            case Redelivery.Scope.AllFailed(Instant since) ->
                tellings.put(new Wish(wish.endpoint(), wish.tenant(), wish.requestedAt(), since, Optional.empty()));
        }
        pump(wish.endpoint(), now);
    }

    private void unknown(Redelivery wish, EventId event) {
        metrics.ignored("redelivery_unknown");
        LOG.atInfo()
                .addKeyValue("tenant", wish.tenant())
                .addKeyValue("endpoint", wish.endpoint())
                .addKeyValue("event", event)
                .log("An event is asked for again that the endpoint was never told of, or that is forgotten");
    }

    /** Goes on with what is wished for, a part for each wish. */
    private void goOn(Instant now) {
        List<Wish> wishes = tellings.wishes(MOST_AT_ONCE);
        int most = MOST_AT_ONCE / Math.max(1, wishes.size());
        for (Wish wish : wishes) {
            List<Entry> part = tellings.asked(wish, most);
            part.stream()
                    .flatMap(entry -> tellings.find(entry).stream())
                    .filter(telling -> telling.stage() == Stage.FAILED)
                    .forEach(telling -> again(telling, wish.tenant(), wish.requestedAt(), now));
            if (part.size() < most) {
                tellings.forget(wish);
            } else {
                tellings.put(wish.upTo(part.getLast()));
            }
            alarms.set(wish.endpoint(), now);
        }
    }

    private void again(Telling telling, TenantId tenant, Instant requestedAt, Instant now) {
        boolean counts = telling.event().tenant().equals(tenant)
                && telling.stage() != Stage.UNDER_WAY
                && !telling.wasAsked(requestedAt);
        if (counts) {
            move(Optional.of(telling), telling.again(requestedAt, now));
        } else {
            metrics.ignored("redelivery");
        }
    }

    private void look(Instant now) {
        if (knowledge.isCurrent()) {
            seeToAll(now);
        }
        ledger.tell();
    }

    private void seeToAll(Instant now) {
        goOn(now);
        int left = MOST_AT_ONCE;
        List<EndpointId> next = alarms.due(now, 1);
        while (!next.isEmpty()) {
            left -= Math.max(1, pump(next.getFirst(), now, left));
            next = left > 0 ? alarms.due(now, 1) : List.of();
        }
        tellings.upkeep(now, MOST_AT_ONCE).forEach(entry -> seeTo(entry, now));
    }

    private void pump(EndpointId endpoint, Instant now) {
        var _ = pump(endpoint, now, MOST_AT_ONCE);
    }

    /** Begins what an endpoint has due, as far as it has room; not more than so many. Tells how many it has seen to. */
    private int pump(EndpointId endpoint, Instant now, int most) {
        int seen = 0;
        for (Entry entry : tellings.due(endpoint, now, most)) {
            Optional<Telling> telling = tellings.find(entry);
            if (telling.isEmpty()) {
                tellings.notDue(entry);
                seen++;
                continue;
            }
            Optional<EndpointHealth> full = withoutRoom(telling.get(), now);
            if (full.isPresent()) {
                // What is under way calls again when it returns.
                Instant room = full.get().roomAt(now, policy.limits()).orElse(Instant.MAX);
                Instant latest = now.plus(LOOK_AGAIN);
                alarms.set(endpoint, room.isBefore(latest) ? room : latest);
                return seen;
            }
            seen++;
        }
        tellings.firstDue(endpoint)
                .ifPresentOrElse(
                        first -> alarms.set(endpoint, first.isAfter(now) ? first : now), () -> alarms.clear(endpoint));
        return seen;
    }

    /** Sees to a telling that is due; if it cannot, because its endpoint has no room, tells how that one does. */
    private Optional<EndpointHealth> withoutRoom(Telling telling, Instant now) {
        Optional<KnownEndpoint> known = directory.find(telling.event().tenant(), telling.endpoint());
        if (known.isEmpty()) {
            forgetGone(telling);
            return Optional.empty();
        }
        KnownEndpoint receiver = known.get();
        if (!receiver.endpoint().eventTypes().contains(telling.event().type())) {
            metrics.ignored("unwanted_type");
            ledger.forget(telling);
            return Optional.empty();
        }
        EndpointHealth health = health(receiver);
        if (!receiver.isEnabled() || health.disabled().isPresent()) {
            end(telling, telling.failed(ENDPOINT_DISABLED, now));
            return Optional.empty();
        }
        if (!health.hasRoom(now, policy.limits())) {
            return Optional.of(health);
        }
        context.forward(outgoing.delivery(delivery(telling), now));
        move(Optional.of(telling), telling.underWay(now));
        ledger.put(health.began(now, policy.limits()));
        return Optional.empty();
    }

    private Delivery delivery(Telling telling) {
        return telling.delivery(directory
                .find(telling.event().tenant(), telling.endpoint())
                .flatMap(known -> known.endpoint().enabledAt()));
    }

    private void forgetGone(Telling telling) {
        metrics.ended("endpoint_unknown");
        LOG.atWarn()
                .addKeyValue("tenant", telling.event().tenant())
                .addKeyValue("endpoint", telling.endpoint())
                .addKeyValue("event", telling.event().id())
                .addKeyValue("subject", telling.event().subject())
                .log("An event is for a webhook endpoint that its tenant does not have; it is dropped");
        ledger.forget(telling);
        tellings.health(telling.endpoint())
                .filter(health -> health.tenant().equals(telling.event().tenant()))
                .ifPresent(ledger::forget);
    }

    private void seeTo(Entry entry, Instant now) {
        Optional<Telling> found = tellings.find(entry);
        if (found.isEmpty() || found.get().stage() == Stage.PENDING) {
            tellings.seenTo(entry);
        } else if (found.get().stage().isEnd()) {
            ledger.forget(found.get());
        } else {
            metrics.resent();
            context.forward(outgoing.delivery(delivery(found.get()), now));
            move(found, found.get().underWay(now));
        }
    }

    private void end(Telling before, Telling after) {
        metrics.ended(after.reason().orElse("delivered"));
        move(Optional.of(before), after);
    }

    private void move(Optional<Telling> before, Telling after) {
        ledger.move(before, after);
    }

    @Override
    public void close() {
        metrics.lost(context.taskId().partition());
    }
}
