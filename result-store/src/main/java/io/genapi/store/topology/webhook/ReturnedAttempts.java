package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.store.webhook.AttemptDecision;
import io.genapi.store.webhook.AttemptDecision.Delivered;
import io.genapi.store.webhook.AttemptDecision.Disable;
import io.genapi.store.webhook.AttemptDecision.GiveUp;
import io.genapi.store.webhook.AttemptDecision.RetryAt;
import io.genapi.store.webhook.AttemptPolicy;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What follows when an attempt has come back: for its event, and for how its endpoint does. Used by the thread of its task. */
final class ReturnedAttempts {
    private final Endpoints endpoints;
    private final AttemptPolicy policy;
    private final RandomGenerator random;
    private final Tellings tellings;
    private final Ledger ledger;
    private final DueDeliveries due;
    private final WebhookMetrics metrics;

    ReturnedAttempts(
            Endpoints endpoints,
            AttemptPolicy policy,
            RandomGenerator random,
            Tellings tellings,
            Ledger ledger,
            DueDeliveries due,
            WebhookMetrics metrics) {
        this.endpoints = endpoints;
        this.policy = policy;
        this.random = random;
        this.tellings = tellings;
        this.ledger = ledger;
        this.due = due;
        this.metrics = metrics;
    }

    void take(DeliveryAttempt attempt, Instant now) {
        EndpointId endpoint = attempt.delivery().endpoint();
        Optional<Telling> known = tellings.find(
                        endpoint, attempt.delivery().event().id())
                .filter(telling -> !telling.stage().isEnd())
                .filter(telling -> telling.attempts() + 1 == attempt.delivery().attempt());
        if (known.isEmpty()) {
            // Made twice, after a crash; the first one counts.
            metrics.ignored("duplicate_attempt");
            return;
        }
        Telling telling = known.get();
        endpoints
                .receiver(telling)
                .ifPresentOrElse(
                        receiver -> settle(telling, attempt, receiver, now), () -> endpoints.forgetGone(telling, now));
        due.pump(endpoint, now);
    }

    private void settle(Telling telling, DeliveryAttempt attempt, KnownEndpoint receiver, Instant now) {
        EndpointHealth before = endpoints.health(receiver);
        // What a transaction that came to nothing has sent may be made all the same.
        EndpointHealth during = telling.stage() == Stage.UNDER_WAY ? before : before.began(now, policy.limits());
        AttemptPolicy.Round round = telling.round();
        int knew = attempt.enabledAt()
                .map(sent -> sent.compareTo(before.enabledAt()))
                .orElseGet(() -> begun(telling, attempt).isBefore(before.enabledAt()) ? -1 : 0);
        AttemptDecision decision = knew == 0
                ? policy.decide(attempt, round, before, now, random)
                : knew < 0
                        ? policy.decideOfFormer(attempt, round, now, random)
                        : policy.decideOfLater(attempt, round, now, random);
        EndpointHealth after = knew == 0 ? policy.after(attempt, during, now) : during.returned();
        metrics.attempt(AttemptPolicy.outcomeOf(attempt.outcome()));
        Telling attempted = telling.attempted(attempt);
        switch (decision) {
            case Delivered() -> end(telling, attempted.delivered(now));
            case RetryAt(Instant at) -> ledger.move(Optional.of(telling), attempted.dueAt(at, now));
            case GiveUp(String reason) -> end(telling, attempted.failed(reason, now));
            case Disable(String reason) -> {
                end(telling, attempted.failed(Endpoints.DISABLED, now));
                after = endpoints.disabled(after, reason, now);
            }
        }
        endpoints.put(before, after, receiver, now);
    }

    /** Of a sender that does not tell: when it was put on its way, or sent, if the sender's clock is behind ours. */
    private static Instant begun(Telling telling, DeliveryAttempt attempt) {
        return attempt.at().isBefore(telling.movedAt()) ? attempt.at() : telling.movedAt();
    }

    private void end(Telling before, Telling after) {
        ledger.end(Optional.of(before), after);
    }
}
