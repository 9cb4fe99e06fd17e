package io.genapi.store.http;

import static io.genapi.store.http.PeerClient.FORWARDED;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.webhook.DeliveryQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the store tells gateways and other stores of webhooks' deliveries. */
@RestController
public final class DeliveryController {
    private final DeliveryRouter router;

    public DeliveryController(DeliveryRouter router) {
        this.router = router;
    }

    /**
     * What an endpoint was told and will be told, the newest events first: 200, 410 where the event that the page is to come
     * after is forgotten, or 503 while it cannot be said. Whether there is such an endpoint is not for the store to say.
     */
    @GetMapping("/store/webhook-deliveries")
    ResponseEntity<byte[]> deliveries(
            @RequestParam(name = "tenant", required = false) @Nullable String tenant,
            @RequestParam(name = "endpoint", required = false) @Nullable String endpoint,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        DeliveryQuery query = QueryParameters.deliveries(tenant, endpoint, status, after, limit);
        return entity(forwarded == null ? router.find(query) : router.findHere(query));
    }

    /** What an endpoint was told of one event: 200, 404 where that is nothing, or 503 while it cannot be said. */
    @GetMapping("/store/webhook-deliveries/{event}")
    ResponseEntity<byte[]> delivery(
            @PathVariable("event") String event,
            @RequestParam(name = "tenant", required = false) @Nullable String tenant,
            @RequestParam(name = "endpoint", required = false) @Nullable String endpoint,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        TenantId owner = QueryParameters.tenant(tenant);
        EndpointId told = QueryParameters.endpoint(endpoint);
        EventId of = QueryParameters.event(event);
        return entity(forwarded == null ? router.find(owner, told, of) : router.findHere(owner, told, of));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrong(InvalidParameterException invalid) {
        return entity(StoreResponse.error(
                ApiError.invalidRequest(400, "invalid_parameter", invalid.parameter(), invalid.explanation())));
    }

    private static ResponseEntity<byte[]> entity(StoreResponse response) {
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(response.status()).contentType(MediaType.APPLICATION_JSON);
        return (response.status() == 503 ? builder.header(HttpHeaders.RETRY_AFTER, "1") : builder)
                .body(response.body());
    }
}
