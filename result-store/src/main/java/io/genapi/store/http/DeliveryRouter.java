package io.genapi.store.http;

import io.genapi.store.query.Ownership;
import io.genapi.store.webhook.DeliveryQuery;
import io.genapi.store.webhook.LocalDeliveries;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gets what an endpoint was told from the process that schedules its tenant's deliveries. Thread-safe. */
public final class DeliveryRouter {
    private static final int UNAVAILABLE = 503;

    private final LocalDeliveries deliveries;
    private final PeerClient peers;

    public DeliveryRouter(LocalDeliveries deliveries, PeerClient peers) {
        this.deliveries = deliveries;
        this.peers = peers;
    }

    StoreResponse find(DeliveryQuery query) throws InterruptedException {
        return switch (deliveries.ownerOf(query.tenant())) {
            case Ownership.Here() -> findHere(query);
            case Ownership.There(List<URI> stores) -> ask(stores.getFirst(), query);
            case Ownership.Unclear(String reason) -> StoreResponse.unknown(reason);
        };
    }

    /** The answer of this process alone: another one took it for the owner. */
    StoreResponse findHere(DeliveryQuery query) {
        return deliveries
                .page(query)
                .map(page -> new StoreResponse(200, DeliveryDocument.write(page)))
                .orElseGet(() -> StoreResponse.unknown("the tenant's deliveries are moving or being restored"));
    }

    /** The owner alone: a copy may not know yet what its reader has just seen. */
    private StoreResponse ask(URI store, DeliveryQuery query) throws InterruptedException {
        Optional<HttpResponse<byte[]>> answer =
                peers.get(store, "/store/webhook-deliveries" + QueryParameters.deliveries(query), Duration.ZERO);
        return answer.filter(given -> given.statusCode() < UNAVAILABLE)
                .map(given -> new StoreResponse(given.statusCode(), given.body()))
                .orElseGet(() -> StoreResponse.unknown("the store that knows the tenant's deliveries does not answer"));
    }
}
