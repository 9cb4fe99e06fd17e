package io.genapi.gateway.http;

import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.webhook.EndpointStore;
import io.genapi.gateway.webhook.Endpoints;
import io.genapi.gateway.webhook.Redeliveries;
import io.genapi.gateway.webhook.TestAnswer;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.Redelivery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What endpoints were told; to try one, and to have it told again. */
@RestController
public final class DeliveryController {

    static final List<String> STATUSES = List.of("pending", "under_way", "delivered", "failed");

    /** Until a test that is under way has ended, most likely. */
    private static final Duration TESTED_SOON = Duration.ofSeconds(5);

    private static final int USUALLY_LISTED = 20;
    private static final int MOST_LISTED = 100;
    private static final byte[] NOTHING = {};

    private final Endpoints endpoints;
    private final EndpointStore store;
    private final Redeliveries redeliveries;
    private final Turnstile turnstile;
    private final DeliveryBody bodies;
    private final InstantSource clock;

    public DeliveryController(
            Endpoints endpoints,
            EndpointStore store,
            Redeliveries redeliveries,
            Turnstile turnstile,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.store = store;
        this.redeliveries = redeliveries;
        this.turnstile = turnstile;
        this.bodies = new DeliveryBody(clock);
        this.clock = clock;
    }

    @GetMapping("/v1/webhook_endpoints/{id}/deliveries")
    ResponseEntity<byte[]> deliveries(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        Optional<String> status = Optional.ofNullable(request.getParameter("status"));
        status.filter(given -> !STATUSES.contains(given)).ifPresent(given -> {
            throw PageParameters.invalid("status", given, String.join(", ", STATUSES));
        });
        PageParameters page = PageParameters.newestFirst(request, USUALLY_LISTED, MOST_LISTED);
        Optional<EventId> after = page.after()
                .map(given -> EventId.parse(given)
                        .orElseThrow(() -> PageParameters.invalid("after", given, "the last_id of a page")));
        EndpointId id = known(text, request).endpoint().id();
        return switch (store.deliveries(Exchange.of(request).payer(), id, status, after, page.limit())) {
            case StoreAnswer.Found(byte[] document) -> JsonResponse.status(200).body(document);
            case StoreAnswer.Unknown(String reason) -> unknown(reason, request);
            case StoreAnswer.NotFound _ -> throw EndpointController.notFound(text);
            case StoreAnswer.Gone _ ->
                throw PageParameters.invalid(
                        "after",
                        after.map(EventId::value).orElse(""),
                        "the last_id of a page, while its event is kept");
        };
    }

    @GetMapping("/v1/webhook_endpoints/{id}/deliveries/{event_id}")
    ResponseEntity<byte[]> delivery(
            @PathVariable("id") String text, @PathVariable("event_id") String event, HttpServletRequest request)
            throws InterruptedException {
        EndpointId id = known(text, request).endpoint().id();
        EventId of = EventId.parse(event).orElseThrow(() -> notTold(id, event));
        return switch (store.delivery(Exchange.of(request).payer(), id, of)) {
            case StoreAnswer.Found(byte[] document) -> JsonResponse.status(200).body(document);
            case StoreAnswer.Unknown(String reason) -> unknown(reason, request);
            case StoreAnswer.NotFound _, StoreAnswer.Gone _ -> throw notTold(id, event);
        };
    }

    @PostMapping("/v1/webhook_endpoints/{id}/redeliver")
    ResponseEntity<byte[]> redeliver(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Redelivery.Scope scope = bodies.scope(request);
        TenantId tenant = Exchange.of(request).payer();
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            KnownEndpoint known = known(text, request);
            if (!known.isEnabled()) {
                throw disabled(known.endpoint().id());
            }
            Redelivery wish = new Redelivery(known.endpoint().id(), tenant, clock.instant(), scope);
            return switch (told(wish)) {
                case StoreAnswer.Found _ -> {
                    redeliveries.ask(wish);
                    yield JsonResponse.status(202).body(document(wish));
                }
                case StoreAnswer.Unknown(String reason) -> unknown(reason, request);
                case StoreAnswer.NotFound _, StoreAnswer.Gone _ ->
                    throw notTold(
                            known.endpoint().id(),
                            ((Redelivery.Scope.One) scope).event().value());
            };
        }
    }

    @PostMapping("/v1/webhook_endpoints/{id}/test")
    ResponseEntity<byte[]> test(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        EventType type = bodies.eventType(request);
        try (Turnstile.Pass _ = turnstile.enter(Exchange.of(request), response)) {
            EndpointId id = known(text, request).endpoint().id();
            return switch (store.test(Exchange.of(request).payer(), id, type)) {
                case TestAnswer.Made(byte[] attempt) ->
                    tested(id, type, JsonMapper.shared().readTree(attempt), request);
                case TestAnswer.Busy() ->
                    JsonResponse.status(429).retryAfter(TESTED_SOON).body(busy());
                case TestAnswer.Unknown(String reason) -> unknown(reason, request);
                case TestAnswer.NotFound() -> throw EndpointController.notFound(text);
            };
        }
    }

    /** Whether there is anything to tell again; of many that need not be. */
    private StoreAnswer told(Redelivery wish) {
        return switch (wish.scope()) {
            case Redelivery.Scope.One(EventId event) -> store.delivery(wish.tenant(), wish.endpoint(), event);
            case Redelivery.Scope.AllFailed _ -> new StoreAnswer.Found(NOTHING);
        };
    }

    private KnownEndpoint known(String text, HttpServletRequest request) throws InterruptedException {
        return endpoints
                .find(Exchange.of(request).payer(), EndpointController.id(text))
                .orElseThrow(() -> EndpointController.notFound(text));
    }

    /** Of a receiver that answered, whatever it did, as OpenAI tells it. */
    private static ResponseEntity<byte[]> tested(
            EndpointId id, EventType type, JsonNode attempt, HttpServletRequest request) {
        return switch (attempt.path("outcome").asString("")) {
            case "answered" ->
                JsonResponse.status(200)
                        .body(written(JsonMapper.shared()
                                .createObjectNode()
                                .put("object", "webhook_endpoint.test")
                                .put("webhook_endpoint_id", id.value())
                                .put("event_type", type.wireName())
                                .put("status_code", attempt.path("status").asInt())
                                .put("success", true)
                                .put("event_id", attempt.path("event_id").asString(""))
                                .put("latency_ms", attempt.path("latency_ms").asLong())
                                .put("response", attempt.path("head").asString(""))));
            case "unanswered" ->
                unanswered(
                        id,
                        attempt.path("code").asString("no_answer"),
                        attempt.path("reason").asString(""),
                        request);
            default -> JsonResponse.of(withheld(attempt.path("reason").asString("")));
        };
    }

    /** A receiver is to blame only for what was sent to it. */
    private static ResponseEntity<byte[]> unanswered(
            EndpointId id, String code, String reason, HttpServletRequest request) {
        return switch (code) {
            case Unanswered.NO_CONNECTION, "not_sent" -> unknown(SentText.wellFormed(reason), request);
            case "secret_unreadable" -> throw EndpointController.unreadable(id, SentText.wellFormed(reason));
            default -> JsonResponse.status(502).doNotRetry().body(unanswered(code, reason));
        };
    }

    static ApiErrorException notTold(EndpointId id, String event) {
        return new ApiErrorException(ApiError.invalidRequest(
                404,
                "webhook_delivery_not_found",
                "event_id",
                "Webhook endpoint '%s' was told of no event '%s' that is remembered; examples of 'test' are not. List what it was told of with GET /v1/webhook_endpoints/%s/deliveries."
                        .formatted(id, SentText.excerpt(event), id)));
    }

    static ApiError unanswered(String code, String reason) {
        return ApiError.server(
                502,
                "webhook_receiver_failed",
                "The receiver gave no answer: %s (%s). Check its address and that it listens, then test it again."
                        .formatted(SentText.wellFormed(reason), code));
    }

    static ApiError busy() {
        return new ApiError(
                429,
                "requests",
                Optional.empty(),
                Optional.of("rate_limit_exceeded"),
                "Too many tests of webhook endpoints are under way. Wait until one of yours has ended, which takes no longer than a receiver may take to answer.");
    }

    static ApiError withheld(String reason) {
        return ApiError.invalidRequest(
                409, "webhook_withheld", "id", "Nothing was sent: %s.".formatted(SentText.wellFormed(reason)));
    }

    static ApiErrorException disabled(EndpointId id) {
        return new ApiErrorException(ApiError.invalidRequest(
                409,
                "webhook_endpoint_disabled",
                "id",
                "Webhook endpoint '%s' is disabled. Enable it with {\"status\": \"enabled\"} first.".formatted(id)));
    }

    private static ResponseEntity<byte[]> unknown(String reason, HttpServletRequest request) {
        Exchange.of(request).failedWith("store_unavailable");
        return JsonResponse.status(503)
                .retryAfter(JobAnswers.ASK_AGAIN)
                .body(ApiError.server(
                        503,
                        "store_unavailable",
                        "Deliveries cannot be looked up or made now: %s. Ask again in a second.".formatted(reason)));
    }

    private static byte[] document(Redelivery wish) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("object", "webhook_endpoint.redelivery")
                .put("webhook_endpoint_id", wish.endpoint().value())
                .put("requested_at", wish.requestedAt().getEpochSecond());
        switch (wish.scope()) {
            case Redelivery.Scope.One(EventId event) ->
                json.put("event_id", event.value()).putNull("failed_since");
            case Redelivery.Scope.AllFailed(Instant since) ->
                json.putNull("event_id").put("failed_since", since.getEpochSecond());
        }
        return written(json);
    }

    private static byte[] written(ObjectNode json) {
        return JsonMapper.shared().writeValueAsBytes(json);
    }
}
