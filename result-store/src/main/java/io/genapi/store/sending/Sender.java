package io.genapi.store.sending;

import io.genapi.runtime.net.LookUpOwner;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes single attempts, and keeps nothing of them. Thread-safe. */
public final class Sender {

    private static final String NO_SUBJECT = "00000000000000000000000000";

    private final Endpoints endpoints;
    private final ReceiverPolicy policy;
    private final MessageWriter messages;
    private final Receivers receivers;
    private final MessageRoom room;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Sender(
            Endpoints endpoints,
            ReceiverPolicy policy,
            MessageWriter messages,
            Receivers receivers,
            MessageRoom room,
            InstantSource clock,
            RandomGenerator random) {
        this.endpoints = endpoints;
        this.policy = policy;
        this.messages = messages;
        this.receivers = receivers;
        this.room = room;
        this.clock = clock;
        this.random = random;
    }

    /** Makes the attempt that is due, if its endpoint still wants it. */
    public DeliveryAttempt attempt(Delivery delivery) throws InterruptedException {
        Optional<KnownEndpoint> known = current(delivery.event().tenant(), delivery.endpoint(), delivery.enabledAt());
        if (known.isEmpty()) {
            return withheld(delivery, "the endpoint was deleted");
        }
        if (!known.get().isEnabled()) {
            return withheld(
                    delivery,
                    known.get()
                            .disabled()
                            .map(EndpointStanding.Disabled::reason)
                            .map("the endpoint is disabled: %s"::formatted)
                            .orElse("the endpoint is disabled"));
        }
        return send(delivery, known.get().endpoint());
    }

    /**
     * One that is not known may have been registered a moment ago, and one that was seen enabled at another time than is known
     * may have moved. Whoever asks knows at least what was seen.
     */
    private Optional<KnownEndpoint> current(TenantId tenant, EndpointId id, Optional<Instant> seenEnabledAt)
            throws InterruptedException {
        Optional<KnownEndpoint> known = endpoints.find(tenant, id);
        Optional<Instant> enabledAt = known.flatMap(found -> found.endpoint().enabledAt());
        if (known.isPresent() && (seenEnabledAt.isEmpty() || seenEnabledAt.equals(enabledAt))) {
            return known;
        }
        endpoints.catchUp();
        return endpoints.find(tenant, id);
    }

    /**
     * Sends an example of an event at once, also to an endpoint that is disabled: who is about to enable it may try it so.
     * It goes to where the endpoint is now, and is signed as that is: who tries one has often just changed it.
     *
     * @return empty if there is no such endpoint
     */
    public Optional<DeliveryAttempt> test(TenantId tenant, EndpointId id, EventType type) throws InterruptedException {
        endpoints.catchUp();
        Optional<KnownEndpoint> known = endpoints.find(tenant, id);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        WebhookEvent example = new WebhookEvent(
                EventId.mint(random), tenant, type, now, exampleSubject(type), Optional.of(id), Optional.empty());
        return Optional.of(send(new Delivery(example, id, 1, now), known.get().endpoint()));
    }

    private static String exampleSubject(EventType type) {
        return switch (type) {
            case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED, JOB_EXPIRED -> "job_" + NO_SUBJECT;
            case RESPONSE_COMPLETED, RESPONSE_INCOMPLETE, RESPONSE_FAILED, RESPONSE_CANCELLED -> "resp_" + NO_SUBJECT;
            case BATCH_COMPLETED, BATCH_FAILED, BATCH_EXPIRED, BATCH_CANCELLED -> "batch_" + NO_SUBJECT;
        };
    }

    private DeliveryAttempt send(Delivery delivery, WebhookEndpoint endpoint) throws InterruptedException {
        URI url = endpoint.url();
        Optional<String> objection = policy.objection(url);
        if (objection.isPresent()) {
            return unsent(delivery, endpoint.enabledAt(), new Unanswered("address_refused", objection.get()));
        }
        byte[] body = messages.write(delivery.event(), endpoint.includesResult());
        Instant at = clock.instant();
        List<SigningSecret> secrets = endpoint.secrets(at);
        if (secrets.isEmpty()) {
            return unsent(
                    delivery,
                    endpoint.enabledAt(),
                    new Unanswered(
                            "secret_unreadable",
                            endpoint.secretProblem().orElse("the endpoint has no secret to sign with")));
        }
        TenantId tenant = delivery.event().tenant();
        if (!room.enter(tenant, body.length)) {
            return unsent(
                    delivery,
                    endpoint.enabledAt(),
                    new Unanswered(Unanswered.NO_CONNECTION, "too many large messages were under way already"));
        }
        try {
            Map<String, String> headers =
                    new HashMap<>(StandardWebhookSigner.headers(delivery.event().id(), at, body, secrets));
            delivery.event().traceParent().ifPresent(span -> headers.put("traceparent", span.value()));
            Receivers.Report report = LookUpOwner.with(tenant, () -> receivers.post(url, headers, body));
            return new DeliveryAttempt(delivery, endpoint.enabledAt(), at, report.latency(), report.outcome());
        } finally {
            room.leave(tenant, body.length);
        }
    }

    private DeliveryAttempt withheld(Delivery delivery, String reason) {
        return unsent(delivery, Optional.empty(), new Withheld(reason));
    }

    private DeliveryAttempt unsent(Delivery delivery, Optional<Instant> enabledAt, Outcome outcome) {
        return new DeliveryAttempt(delivery, enabledAt, clock.instant(), Duration.ZERO, outcome);
    }
}
