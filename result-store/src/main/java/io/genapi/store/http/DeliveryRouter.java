package io.genapi.store.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.query.Ownership;
import io.genapi.store.webhook.DeliveryAnswer;
import io.genapi.store.webhook.DeliveryPage;
import io.genapi.store.webhook.DeliveryQuery;
import io.genapi.store.webhook.LocalDeliveries;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
        return found(
                query.tenant(), () -> findHere(query), "/store/webhook-deliveries" + QueryParameters.deliveries(query));
    }

    /** What an endpoint was told of one event. */
    StoreResponse find(TenantId tenant, EndpointId endpoint, EventId event) throws InterruptedException {
        return found(
                tenant,
                () -> findHere(tenant, endpoint, event),
                "/store/webhook-deliveries/%s%s".formatted(event, QueryParameters.delivery(tenant, endpoint)));
    }

    private StoreResponse found(TenantId tenant, Supplier<StoreResponse> here, String there)
            throws InterruptedException {
        return switch (deliveries.ownerOf(tenant)) {
            case Ownership.Here() -> here.get();
            case Ownership.There(List<URI> stores) -> ask(stores.getFirst(), there);
            case Ownership.Unclear(String reason) -> StoreResponse.unknown(reason);
        };
    }

    /** The answer of this process alone: another one took it for the owner. */
    StoreResponse findHere(DeliveryQuery query) {
        return deliveries.page(query).map(DeliveryRouter::response).orElseGet(DeliveryRouter::moving);
    }

    /** Likewise. */
    StoreResponse findHere(TenantId tenant, EndpointId endpoint, EventId event) {
        return deliveries
                .find(tenant, endpoint, event)
                .map(page -> page.tellings().stream()
                        .findFirst()
                        .map(telling -> new StoreResponse(200, DeliveryDocument.write(telling)))
                        .orElseGet(() -> absent(endpoint, event)))
                .orElseGet(DeliveryRouter::moving);
    }

    private static StoreResponse moving() {
        return StoreResponse.unknown("the tenant's deliveries are moving or being restored");
    }

    private static StoreResponse absent(EndpointId endpoint, EventId event) {
        return StoreResponse.error(ApiError.invalidRequest(
                404,
                "webhook_delivery_not_found",
                "event_id",
                "Webhook endpoint '%s' was told of no event '%s' that is remembered.".formatted(endpoint, event)));
    }

    private static StoreResponse response(DeliveryAnswer answer) {
        return switch (answer) {
            case DeliveryAnswer.Found(DeliveryPage page) -> new StoreResponse(200, DeliveryDocument.write(page));
            case DeliveryAnswer.Forgotten(EventId after) ->
                StoreResponse.error(ApiError.invalidRequest(
                        410,
                        "event_forgotten",
                        "after",
                        "The endpoint was not told of event '%s', or that is forgotten; begin without 'after'."
                                .formatted(after)));
        };
    }

    /** The owner alone: a copy may not know yet what its reader has just seen. */
    private StoreResponse ask(URI store, String path) throws InterruptedException {
        Optional<HttpResponse<byte[]>> answer = peers.get(store, path, Duration.ZERO);
        return answer.filter(given -> given.statusCode() < UNAVAILABLE)
                .map(given -> new StoreResponse(given.statusCode(), given.body()))
                .orElseGet(() -> StoreResponse.unknown("the store that knows the tenant's deliveries does not answer"));
    }
}
