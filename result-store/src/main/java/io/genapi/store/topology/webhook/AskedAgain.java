package io.genapi.store.topology.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What endpoints are to be told again, from the beginning of the schedule. Used by the thread of its task. */
final class AskedAgain {
    private static final Logger LOG = LoggerFactory.getLogger(AskedAgain.class);

    private final Tellings tellings;
    private final Ledger ledger;
    private final DueDeliveries due;
    private final WebhookMetrics metrics;

    AskedAgain(Tellings tellings, Ledger ledger, DueDeliveries due, WebhookMetrics metrics) {
        this.tellings = tellings;
        this.ledger = ledger;
        this.due = due;
        this.metrics = metrics;
    }

    void take(Redelivery wish, Instant now) {
        switch (wish.scope()) {
            case Redelivery.Scope.One(EventId event) ->
                tellings.find(wish.endpoint(), event)
                        .ifPresentOrElse(telling -> again(telling, wish.tenant(), now), () -> unknown(wish, event));
            // There may be any number of them, and a transaction has to end in time.
            case Redelivery.Scope.AllFailed(Instant since) ->
                tellings.put(new Wish(wish.endpoint(), wish.tenant(), wish.requestedAt(), since, Optional.empty()));
        }
        due.pump(wish.endpoint(), now);
    }

    private void unknown(Redelivery wish, EventId event) {
        metrics.ignored("redelivery_unknown");
        LOG.atInfo()
                .addKeyValue("tenant", wish.tenant())
                .addKeyValue("endpoint", wish.endpoint())
                .addKeyValue("event", event)
                .log("An event is asked for again that the endpoint was never told of, or that is forgotten");
    }

    /** Goes on with all that has failed and is wished for, a part for each wish; not more than so many. */
    void goOn(Instant now, int most) {
        List<Wish> wishes = tellings.wishes(most);
        wishes.forEach(wish -> goOn(wish, now, most / wishes.size()));
    }

    private void goOn(Wish wish, Instant now, int most) {
        List<Entry> part = tellings.asked(wish, most);
        part.stream()
                .flatMap(entry -> tellings.find(entry).stream())
                .filter(telling -> telling.stage() == Stage.FAILED)
                .forEach(telling -> again(telling, wish.tenant(), now));
        if (part.size() < most) {
            tellings.forget(wish);
        } else {
            tellings.put(wish.upTo(part.getLast()));
        }
        due.pumpSoon(wish.endpoint(), now);
    }

    private void again(Telling telling, TenantId tenant, Instant now) {
        if (telling.event().tenant().equals(tenant) && telling.stage() != Stage.UNDER_WAY) {
            ledger.move(Optional.of(telling), telling.again(now));
        } else {
            metrics.ignored("redelivery");
        }
    }
}
