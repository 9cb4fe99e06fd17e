package io.genapi.store.sending;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEvent;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Endpoints and events for tests. */
public final class Hooks {

    public static final TenantId ACME = new TenantId("acme");
    public static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final RandomGenerator RANDOM = new Random(1);

    private Hooks() {}

    public static SigningSecret secret() {
        return SigningSecret.mint(RANDOM);
    }

    public static WebhookEndpoint endpoint(URI url, SigningSecret secret) {
        return new WebhookEndpoint(
                EndpointId.mint(RANDOM),
                ACME,
                "hooks",
                url,
                EnumSet.allOf(EventType.class),
                true,
                false,
                KeptSecret.of(secret),
                Optional.empty(),
                Optional.of(NOW),
                NOW,
                NOW);
    }

    public static WebhookEndpoint includingResult(WebhookEndpoint endpoint) {
        return new WebhookEndpoint(
                endpoint.id(),
                endpoint.tenant(),
                endpoint.name(),
                endpoint.url(),
                endpoint.eventTypes(),
                endpoint.isDefault(),
                true,
                endpoint.secret(),
                endpoint.retiring(),
                endpoint.enabledAt(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }

    /** Whoever asks finds that endpoint. */
    public static Endpoints only(WebhookEndpoint endpoint) {
        return new Endpoints() {
            @Override
            public Optional<KnownEndpoint> find(TenantId tenant, EndpointId id) {
                return Optional.of(new KnownEndpoint(endpoint, Optional.empty()));
            }

            @Override
            public void catchUp() {}
        };
    }

    public static WebhookEndpoint moved(WebhookEndpoint endpoint, URI url, Instant at) {
        return new WebhookEndpoint(
                endpoint.id(),
                endpoint.tenant(),
                endpoint.name(),
                url,
                endpoint.eventTypes(),
                endpoint.isDefault(),
                endpoint.includesResult(),
                endpoint.secret(),
                endpoint.retiring(),
                Optional.of(at),
                endpoint.createdAt(),
                at);
    }

    public static WebhookEndpoint disabled(WebhookEndpoint endpoint) {
        return new WebhookEndpoint(
                endpoint.id(),
                endpoint.tenant(),
                endpoint.name(),
                endpoint.url(),
                endpoint.eventTypes(),
                endpoint.isDefault(),
                endpoint.includesResult(),
                endpoint.secret(),
                endpoint.retiring(),
                Optional.empty(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }

    /** Of a job unless the type says otherwise; its result lies somewhere. */
    public static WebhookEvent event(EventType type) {
        return event(type, "job_7", Optional.of(new RecordPlace("genapi.results", 0, 7)));
    }

    public static WebhookEvent event(EventType type, String subject, Optional<RecordPlace> result) {
        return new WebhookEvent(EventId.ofEnd(subject + type), ACME, type, NOW, subject, Optional.empty(), result);
    }

    public static Delivery delivery(WebhookEvent event, WebhookEndpoint endpoint) {
        return new Delivery(event, endpoint.id(), 1, NOW);
    }
}
