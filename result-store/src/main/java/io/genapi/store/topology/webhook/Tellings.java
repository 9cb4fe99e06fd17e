package io.genapi.store.topology.webhook;

import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tellings and endpoints' health, found without looking at the others. All of it is one store, written in transactions: what
 * belongs together is there together after a crash. Used by the thread of its task.
 */
final class Tellings {
    private static final Logger LOG = LoggerFactory.getLogger(Tellings.class);
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<byte[], byte[]> store;
    private final Duration resendAfter;
    private final Duration retention;
    private final WebhookMetrics metrics;

    /**
     * @param resendAfter when a delivery of which nothing was heard is given up for lost
     * @param retention of what has ended
     */
    Tellings(KeyValueStore<byte[], byte[]> store, Duration resendAfter, Duration retention, WebhookMetrics metrics) {
        this.store = store;
        this.resendAfter = resendAfter;
        this.retention = retention;
        this.metrics = metrics;
    }

    /** Whether an endpoint has such a telling, be it one that this version can read or not. */
    boolean isKnown(EndpointId endpoint, EventId event) {
        return store.get(Keys.telling(endpoint, event)) != null;
    }

    /** One that this version cannot read is as if it were not there: it must not stop the others. */
    Optional<Telling> find(EndpointId endpoint, EventId event) {
        return Optional.ofNullable(store.get(Keys.telling(endpoint, event))).flatMap(bytes -> {
            Optional<Telling> telling = WebhookSerdes.telling(bytes);
            if (telling.isEmpty()) {
                metrics.ignored("unreadable_telling");
                LOG.atWarn()
                        .addKeyValue("endpoint", endpoint)
                        .addKeyValue("event", event)
                        .log(
                                "An event that an endpoint is to be told of cannot be read by this version; it is passed over");
            }
            return telling;
        });
    }

    Optional<Telling> find(Entry entry) {
        return find(entry.endpoint(), entry.event());
    }

    /** Keeps a telling and has it found by its new state. */
    void moved(Optional<Telling> before, Telling after) {
        before.ifPresent(this::unlist);
        store.put(Keys.telling(after.endpoint(), after.event().id()), WebhookSerdes.write(after));
        store.put(Keys.logged(logged(after)), PRESENT);
        if (after.stage() == Stage.PENDING) {
            store.put(Keys.due(due(after)), PRESENT);
        } else {
            store.put(Keys.upkeep(upkeep(after)), PRESENT);
        }
    }

    void forget(Telling telling) {
        unlist(telling);
        var _ = store.delete(Keys.telling(telling.endpoint(), telling.event().id()));
        var _ = store.delete(Keys.logged(logged(telling)));
    }

    private void unlist(Telling telling) {
        var _ = telling.stage() == Stage.PENDING
                ? store.delete(Keys.due(due(telling)))
                : store.delete(Keys.upkeep(upkeep(telling)));
    }

    private static Entry due(Telling telling) {
        return new Entry(telling.endpoint(), telling.due(), telling.event().id());
    }

    private static Entry logged(Telling telling) {
        return new Entry(
                telling.endpoint(), telling.event().createdAt(), telling.event().id());
    }

    private Entry upkeep(Telling telling) {
        return new Entry(telling.endpoint(), upkeepAt(telling), telling.event().id());
    }

    private Instant upkeepAt(Telling telling) {
        return telling.movedAt().plus(telling.stage().isEnd() ? retention : resendAfter);
    }

    /** What an endpoint has due, the earliest first; not more than so many. */
    List<Entry> due(EndpointId endpoint, Instant until, int most) {
        return entries(Keys.due(endpoint, until), most, Keys::byEndpoint);
    }

    /** When the first delivery that an endpoint has pending is due. */
    Optional<Instant> firstDue(EndpointId endpoint) {
        return entries(Keys.due(endpoint, Instant.ofEpochMilli(Long.MAX_VALUE)), 1, Keys::byEndpoint).stream()
                .map(Entry::at)
                .findFirst();
    }

    /** The first delivery of each endpoint that has some pending. */
    List<Entry> firstOfEach() {
        List<Entry> first = new ArrayList<>();
        List<Entry> next = entries(Keys.allDue(), 1, Keys::byEndpoint);
        while (!next.isEmpty()) {
            first.add(next.getFirst());
            next = entries(Keys.dueAfter(next.getFirst().endpoint()), 1, Keys::byEndpoint);
        }
        return first;
    }

    /** How many deliveries an endpoint has pending. */
    int countDue(EndpointId endpoint) {
        return entries(Keys.due(endpoint, Instant.ofEpochMilli(Long.MAX_VALUE)), Integer.MAX_VALUE, Keys::byEndpoint)
                .size();
    }

    void eachDue(Consumer<Entry> action) {
        Keys.Range all = Keys.allDue();
        try (KeyValueIterator<byte[], byte[]> range = store.range(all.from(), all.to())) {
            range.forEachRemaining(each -> action.accept(Keys.byEndpoint(each.key)));
        }
    }

    /** Tellings that are to be seen to by then, the earliest first; not more than so many. */
    List<Entry> upkeep(Instant until, int most) {
        return entries(Keys.upkeep(until), most, Keys::byTime);
    }

    void seenTo(Entry entry) {
        var _ = store.delete(Keys.upkeep(entry));
    }

    /** Has something seen to later that this version cannot. */
    void seeToAgain(Entry entry, Instant at) {
        store.put(Keys.upkeep(new Entry(entry.endpoint(), at, entry.event())), PRESENT);
    }

    /** Whether it has rested for its time; it may have been put off while this version could not read it. */
    boolean isToBeSeenTo(Telling telling, Instant now) {
        return telling.stage() != Stage.PENDING && !upkeepAt(telling).isAfter(now);
    }

    void notDue(Entry entry) {
        var _ = store.delete(Keys.due(entry));
    }

    /** Puts something off that is due and that this version cannot read. */
    void postpone(Entry entry, Instant at) {
        notDue(entry);
        store.put(Keys.due(new Entry(entry.endpoint(), at, entry.event())), PRESENT);
    }

    /** Has a telling found by its own time that was put off. */
    void listAsItIs(Entry entry, Telling telling) {
        if (entry.at().toEpochMilli() != Math.max(0, telling.due().toEpochMilli())) {
            notDue(entry);
            store.put(Keys.due(due(telling)), PRESENT);
        }
    }

    /** What a wish is about and was not seen to, the oldest event first; not more than so many. */
    List<Entry> asked(Wish wish, int most) {
        Keys.Range rest =
                wish.last().map(Keys::loggedAfter).orElseGet(() -> Keys.logged(wish.endpoint(), wish.since()));
        return entries(rest, most, Keys::byEndpoint);
    }

    void put(Wish wish) {
        store.put(Keys.wish(wish), WebhookSerdes.write(wish));
    }

    void forget(Wish wish) {
        var _ = store.delete(Keys.wish(wish));
    }

    /** Not more than so many. */
    List<Wish> wishes(int most) {
        List<Wish> wishes = new ArrayList<>();
        Keys.Range all = Keys.allWishes();
        try (KeyValueIterator<byte[], byte[]> range = store.range(all.from(), all.to())) {
            while (wishes.size() < most && range.hasNext()) {
                wishes.add(WebhookSerdes.wish(range.next().value));
            }
        }
        return wishes;
    }

    Optional<EndpointHealth> health(EndpointId endpoint) {
        return Optional.ofNullable(store.get(Keys.health(endpoint))).map(WebhookSerdes::health);
    }

    void put(EndpointHealth health) {
        store.put(Keys.health(health.id()), WebhookSerdes.write(health));
    }

    void forgetHealth(EndpointId endpoint) {
        var _ = store.delete(Keys.health(endpoint));
    }

    /** Of the endpoints after one; not more than so many. */
    List<EndpointHealth> healthAfter(Optional<EndpointId> endpoint, int most) {
        Keys.Range rest = endpoint.map(Keys::healthAfter).orElseGet(Keys::allHealth);
        List<EndpointHealth> found = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = store.range(rest.from(), rest.to())) {
            while (found.size() < most && range.hasNext()) {
                found.add(WebhookSerdes.health(range.next().value));
            }
        }
        return found;
    }

    void eachHealth(Consumer<EndpointHealth> action) {
        Keys.Range all = Keys.allHealth();
        try (KeyValueIterator<byte[], byte[]> range = store.range(all.from(), all.to())) {
            range.forEachRemaining(each -> action.accept(WebhookSerdes.health(each.value)));
        }
    }

    private List<Entry> entries(Keys.Range keys, int most, Function<byte[], Entry> reading) {
        List<Entry> found = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = store.range(keys.from(), keys.to())) {
            while (found.size() < most && range.hasNext()) {
                KeyValue<byte[], byte[]> each = range.next();
                found.add(reading.apply(each.key));
            }
        }
        return found;
    }
}
