package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Changes tellings and health, and counts them. Used by the thread of its task. */
final class Ledger {
    private final Tellings tellings;
    private final WebhookMetrics metrics;
    private final int partition;
    private final Map<EndpointId, Integer> pendingOf = new HashMap<>();
    private int pending;
    private int underWay;
    private int disabled;

    Ledger(Tellings tellings, WebhookMetrics metrics, int partition) {
        this.tellings = tellings;
        this.metrics = metrics;
        this.partition = partition;
        tellings.eachDue(entry -> countPending(entry.endpoint(), 1));
        tellings.eachHealth(health -> {
            underWay += health.underWay();
            disabled += isDisabled(health);
        });
        tell();
    }

    void move(Optional<Telling> before, Telling after) {
        countPending(
                after.endpoint(),
                isPending(after) - before.map(Ledger::isPending).orElse(0));
        tellings.moved(before, after);
    }

    /** The same for one that has its end now. */
    void end(Optional<Telling> before, Telling after) {
        metrics.ended(after.reason().orElse("delivered"));
        move(before, after);
    }

    /** How many deliveries of an endpoint are pending. */
    int pending(EndpointId endpoint) {
        return pendingOf.getOrDefault(endpoint, 0);
    }

    private void countPending(EndpointId endpoint, int more) {
        pending += more;
        int now = pending(endpoint) + more;
        if (now == 0) {
            pendingOf.remove(endpoint);
        } else {
            pendingOf.put(endpoint, now);
        }
    }

    /** That entry is about nothing that is pending. */
    void notDue(Entry entry) {
        tellings.notDue(entry);
        countPending(entry.endpoint(), tellings.countDue(entry.endpoint()) - pending(entry.endpoint()));
    }

    void forget(Telling telling) {
        countPending(telling.endpoint(), -isPending(telling));
        tellings.forget(telling);
    }

    void put(EndpointHealth after) {
        Optional<EndpointHealth> before = tellings.health(after.id());
        underWay += after.underWay() - before.map(EndpointHealth::underWay).orElse(0);
        disabled += isDisabled(after) - before.map(Ledger::isDisabled).orElse(0);
        tellings.put(after);
    }

    void forget(EndpointHealth health) {
        underWay -= health.underWay();
        disabled -= isDisabled(health);
        tellings.forgetHealth(health.id());
    }

    /** Shows what it has counted. */
    void tell() {
        metrics.standing(partition, new WebhookMetrics.Standing(pending, underWay, disabled));
    }

    private static int isPending(Telling telling) {
        return telling.stage() == Stage.PENDING ? 1 : 0;
    }

    private static int isDisabled(EndpointHealth health) {
        return health.disabled().isPresent() ? 1 : 0;
    }
}
