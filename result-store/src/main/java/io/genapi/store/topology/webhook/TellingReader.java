package io.genapi.store.topology.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.webhook.DeliveryAnswer;
import io.genapi.store.webhook.DeliveryPage;
import io.genapi.store.webhook.DeliveryQuery;
import io.genapi.store.webhook.Telling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads tellings for those who ask. */
public final class TellingReader {
    /** Looked at for one page: a rare stage must not make a query read all. */
    private static final int MOST_SEEN = 2_000;

    private TellingReader() {}

    /** What an endpoint was told, the newest events first. */
    public static DeliveryAnswer page(ReadOnlyKeyValueStore<byte[], byte[]> store, DeliveryQuery query) {
        Optional<Entry> after = query.after().flatMap(event -> entry(store, query, event));
        return query.after()
                .filter(_ -> after.isEmpty())
                .<DeliveryAnswer>map(DeliveryAnswer.Forgotten::new)
                .orElseGet(() -> new DeliveryAnswer.Found(page(store, query, after)));
    }

    private static DeliveryPage page(
            ReadOnlyKeyValueStore<byte[], byte[]> store, DeliveryQuery query, Optional<Entry> after) {
        Keys.Range keys = after.map(Keys::loggedUntil).orElseGet(() -> Keys.logged(query.endpoint(), Instant.EPOCH));
        List<Telling> found = new ArrayList<>();
        Optional<EventId> last = Optional.empty();
        try (KeyValueIterator<byte[], byte[]> range = store.reverseRange(keys.from(), keys.to())) {
            for (int seen = 0; range.hasNext(); seen++) {
                if (found.size() == query.limit() || seen == MOST_SEEN) {
                    return new DeliveryPage(found, last);
                }
                Entry entry = Keys.byEndpoint(range.next().key);
                if (after.filter(entry::equals).isEmpty()) {
                    telling(store, query, entry.event())
                            .filter(telling -> query.stage()
                                    .filter(stage -> stage != telling.stage())
                                    .isEmpty())
                            .ifPresent(found::add);
                    last = Optional.of(entry.event());
                }
            }
        }
        return new DeliveryPage(found, Optional.empty());
    }

    /** What an endpoint was told of one event; nothing where that is forgotten. */
    public static DeliveryPage only(
            ReadOnlyKeyValueStore<byte[], byte[]> store, TenantId tenant, EndpointId endpoint, EventId event) {
        return new DeliveryPage(telling(store, tenant, endpoint, event).stream().toList(), Optional.empty());
    }

    private static Optional<Entry> entry(
            ReadOnlyKeyValueStore<byte[], byte[]> store, DeliveryQuery query, EventId event) {
        // As the key has it: to the millisecond.
        return telling(store, query, event)
                .map(telling -> Keys.byEndpoint(
                        Keys.logged(new Entry(query.endpoint(), telling.event().createdAt(), event))));
    }

    private static Optional<Telling> telling(
            ReadOnlyKeyValueStore<byte[], byte[]> store, DeliveryQuery query, EventId event) {
        return telling(store, query.tenant(), query.endpoint(), event);
    }

    private static Optional<Telling> telling(
            ReadOnlyKeyValueStore<byte[], byte[]> store, TenantId tenant, EndpointId endpoint, EventId event) {
        return Optional.ofNullable(store.get(Keys.telling(endpoint, event)))
                .flatMap(WebhookSerdes::telling)
                .filter(telling -> telling.event().tenant().equals(tenant));
    }
}
