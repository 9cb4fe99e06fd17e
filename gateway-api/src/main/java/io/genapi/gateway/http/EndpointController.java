package io.genapi.gateway.http;

import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.gateway.webhook.EndpointDocument;
import io.genapi.gateway.webhook.EndpointOutcome;
import io.genapi.gateway.webhook.EndpointWish;
import io.genapi.gateway.webhook.Endpoints;
import io.genapi.gateway.webhook.Receivers;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.SigningSecret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's webhook endpoints. */
@RestController
public final class EndpointController {

    private static final int USUALLY_LISTED = 20;
    private static final int MOST_LISTED = 100;

    private final Endpoints endpoints;
    private final Turnstile turnstile;
    private final ChangeRoom room = new ChangeRoom();
    private final EndpointBody bodies;
    private final InstantSource clock;

    public EndpointController(Endpoints endpoints, Receivers receivers, Turnstile turnstile, InstantSource clock) {
        this.endpoints = endpoints;
        this.turnstile = turnstile;
        this.bodies = new EndpointBody(receivers);
        this.clock = clock;
    }

    @PostMapping("/v1/webhook_endpoints")
    ResponseEntity<byte[]> create(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Optional<String> key = IdempotencyKey.of(request);
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            EndpointWish wish = bodies.created(request);
            try (TenantPlaces.Place _ = room.enter(Exchange.of(request), response)) {
                return answer(endpoints.create(Exchange.of(request).payer(), wish, key, SdkRetry.is(request)), "");
            }
        }
    }

    @GetMapping("/v1/webhook_endpoints")
    ResponseEntity<byte[]> list(HttpServletRequest request) throws InterruptedException {
        PageParameters.Page<KnownEndpoint> page = PageParameters.read(request, USUALLY_LISTED, MOST_LISTED)
                .of(
                        endpoints.list(Exchange.of(request).payer()),
                        Endpoints.NEWEST_FIRST,
                        known -> known.endpoint().id().value());
        return JsonResponse.status(200).body(EndpointDocument.page(page.items(), page.more(), clock.instant()));
    }

    @GetMapping("/v1/webhook_endpoints/{id}")
    ResponseEntity<byte[]> find(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        return JsonResponse.status(200)
                .body(EndpointDocument.of(
                        endpoints.find(Exchange.of(request).payer(), id(text)).orElseThrow(() -> notFound(text)),
                        clock.instant()));
    }

    @PostMapping("/v1/webhook_endpoints/{id}")
    ResponseEntity<byte[]> update(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        EndpointId id = id(text);
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            EndpointWish wish = bodies.changed(request);
            try (TenantPlaces.Place _ = room.enter(Exchange.of(request), response)) {
                return answer(endpoints.update(Exchange.of(request).payer(), id, wish), text);
            }
        }
    }

    @DeleteMapping("/v1/webhook_endpoints/{id}")
    ResponseEntity<byte[]> delete(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        EndpointId id = id(text);
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response);
                TenantPlaces.Place _ = room.enter(Exchange.of(request), response)) {
            if (!endpoints.delete(Exchange.of(request).payer(), id)) {
                throw notFound(text);
            }
            return JsonResponse.status(200).body(EndpointDocument.deleted(id));
        }
    }

    @PostMapping("/v1/webhook_endpoints/{id}/rotate_secret")
    ResponseEntity<byte[]> rotate(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        EndpointId id = id(text);
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            boolean keepOld = bodies.keepsOldSecret(request);
            try (TenantPlaces.Place _ = room.enter(Exchange.of(request), response)) {
                return answer(endpoints.rotate(Exchange.of(request).payer(), id, keepOld, SdkRetry.is(request)), text);
            }
        }
    }

    @GetMapping("/v1/webhook_event_types")
    ResponseEntity<byte[]> eventTypes() {
        return JsonResponse.status(200).body(EndpointDocument.eventTypes());
    }

    private ResponseEntity<byte[]> answer(EndpointOutcome outcome, String id) {
        return switch (outcome) {
            case EndpointOutcome.Done(KnownEndpoint endpoint) ->
                JsonResponse.status(200).body(EndpointDocument.of(endpoint, clock.instant()));
            case EndpointOutcome.Secret(KnownEndpoint endpoint, SigningSecret secret) ->
                JsonResponse.status(200).body(EndpointDocument.withSecret(endpoint, secret, clock.instant()));
            case EndpointOutcome.KeyReused(EndpointId original) ->
                throw FileErrors.keyReused("webhook endpoint", original.value());
            case EndpointOutcome.MadeBefore(EndpointId original) ->
                JsonResponse.status(409).doNotRetry().body(madeBefore(original));
            case EndpointOutcome.TooMany(int limit) ->
                throw FileErrors.tooMany(
                        "webhook endpoints",
                        limit,
                        "Delete one that is not needed, or raise genapi.gateway.webhook.max-endpoints.");
            case EndpointOutcome.Unreadable(EndpointId unreadable, String problem) ->
                throw unreadable(unreadable, problem);
            case EndpointOutcome.NotFound() -> throw notFound(id);
        };
    }

    static ApiError madeBefore(EndpointId id) {
        return ApiError.invalidRequest(
                409,
                "webhook_secret_not_shown",
                HttpHeaderNames.IDEMPOTENCY_KEY,
                "This request made webhook endpoint '%s' already, and its signing secret is not shown again. Look at it with GET /v1/webhook_endpoints/%s; if its secret is lost, make a new one with rotate_secret."
                        .formatted(id, id));
    }

    static ApiErrorException unreadable(EndpointId id, String problem) {
        return new ApiErrorException(
                ApiError.server(500, "webhook_secret_unreadable", "Webhook endpoint '%s': %s.".formatted(id, problem)));
    }

    static EndpointId id(String text) {
        return EndpointId.parse(text).orElseThrow(() -> notFound(text));
    }

    static ApiErrorException notFound(String id) {
        return new ApiErrorException(ApiError.invalidRequest(
                404,
                "webhook_endpoint_not_found",
                "id",
                "No webhook endpoint found with id '%s'.".formatted(SentText.excerpt(id))));
    }
}
