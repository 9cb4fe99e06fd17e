package io.genapi.gateway.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEndpoint.RetiringSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Tenants' endpoints, as they ask for them at any gateway. One change is made after another here; of two that are made at
 * two gateways in the same moment the later one counts whole. Thread-safe.
 */
public final class Endpoints {

    /** The newest first. */
    public static final Comparator<KnownEndpoint> NEWEST_FIRST = Comparator.<KnownEndpoint, Instant>comparing(
                    known -> known.endpoint().createdAt())
            .thenComparing(known -> known.endpoint().id().value())
            .reversed();

    /** How long a secret is valid after the next one was made, where its owner does not say otherwise. */
    private static final Duration OLD_SECRET_LIFE = Duration.ofHours(24);

    /** As for jobs: no client's own retry comes later. */
    private static final Duration RETRY_WINDOW = Duration.ofMinutes(10);

    private final EndpointDirectory directory;
    private final EndpointTopic topic;
    private final int maxEndpoints;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock changes = new ReentrantLock();

    /**
     * @param maxEndpoints of one tenant
     * @param random that nobody can guess
     */
    public Endpoints(
            EndpointDirectory directory,
            EndpointTopic topic,
            int maxEndpoints,
            InstantSource clock,
            RandomGenerator random) {
        this.directory = directory;
        this.topic = topic;
        this.maxEndpoints = maxEndpoints;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param wish with a name, an address and types of events
     * @param retry whether the caller's client says that it sends the request again by itself
     */
    public EndpointOutcome create(TenantId tenant, EndpointWish wish, Optional<String> idempotencyKey, boolean retry)
            throws InterruptedException {
        changes.lockInterruptibly();
        try {
            topic.catchUp();
            EndpointId id =
                    idempotencyKey.map(key -> EndpointId.ofKey(tenant, key)).orElseGet(() -> EndpointId.mint(random));
            Optional<KnownEndpoint> earlier = directory.find(tenant, id);
            if (earlier.isPresent()) {
                return wish.isFulfilledBy(earlier.get().endpoint())
                        ? shownAgain(earlier.get())
                        : new EndpointOutcome.KeyReused(id);
            }
            Optional<KnownEndpoint> firstTry =
                    retry && idempotencyKey.isEmpty() ? latest(tenant, wish) : Optional.empty();
            if (firstTry.isPresent()) {
                return shownAgain(firstTry.get());
            }
            if (directory.of(tenant).size() >= maxEndpoints) {
                return new EndpointOutcome.TooMany(maxEndpoints);
            }
            return secretOf(written(made(id, tenant, wish)));
        } finally {
            changes.unlock();
        }
    }

    /** As the first answer was, for whoever did not get it; later, and when the secret is another one, no more. */
    private EndpointOutcome shownAgain(KnownEndpoint known) {
        WebhookEndpoint endpoint = known.endpoint();
        boolean untouched = endpoint.updatedAt().equals(endpoint.createdAt());
        boolean inTime = endpoint.createdAt().isAfter(clock.instant().minus(RETRY_WINDOW));
        return untouched && inTime ? secretOf(known) : new EndpointOutcome.MadeBefore(endpoint.id());
    }

    /** The endpoint that an earlier try may have made. */
    private Optional<KnownEndpoint> latest(TenantId tenant, EndpointWish wish) {
        Instant since = clock.instant().minus(RETRY_WINDOW);
        return directory.of(tenant).stream()
                .filter(known -> known.endpoint().createdAt().isAfter(since) && wish.isFulfilledBy(known.endpoint()))
                .min(NEWEST_FIRST);
    }

    private WebhookEndpoint made(EndpointId id, TenantId tenant, EndpointWish wish) {
        Instant now = clock.instant();
        return new WebhookEndpoint(
                id,
                tenant,
                wish.name().orElseThrow(),
                wish.url().orElseThrow(),
                wish.eventTypes().orElseThrow(),
                wish.isDefault().orElse(true),
                wish.includesResult().orElse(false),
                KeptSecret.of(SigningSecret.mint(random)),
                Optional.empty(),
                wish.enabled().orElse(true) ? Optional.of(now) : Optional.empty(),
                now,
                now);
    }

    /** A tenant's endpoint, also one that was registered a moment ago at another gateway. */
    public Optional<KnownEndpoint> find(TenantId tenant, EndpointId id) throws InterruptedException {
        topic.catchUp();
        return directory.find(tenant, id);
    }

    /** All of a tenant's. */
    public List<KnownEndpoint> list(TenantId tenant) throws InterruptedException {
        topic.catchUp();
        return directory.of(tenant);
    }

    /** A wish that changes nothing is granted, too. */
    public EndpointOutcome update(TenantId tenant, EndpointId id, EndpointWish wish) throws InterruptedException {
        changes.lockInterruptibly();
        try {
            Optional<KnownEndpoint> known = find(tenant, id);
            if (known.isEmpty()) {
                return new EndpointOutcome.NotFound();
            }
            WebhookEndpoint changed = wish.of(known.get(), clock.instant());
            return new EndpointOutcome.Done(changed.equals(known.get().endpoint()) ? known.get() : written(changed));
        } finally {
            changes.unlock();
        }
    }

    /** Whether there was one. */
    public boolean delete(TenantId tenant, EndpointId id) throws InterruptedException {
        changes.lockInterruptibly();
        try {
            boolean known = find(tenant, id).isPresent();
            if (known) {
                topic.remove(tenant, id);
            }
            return known;
        } finally {
            changes.unlock();
        }
    }

    /**
     * Gives it a new secret. Only the last one before that can go on being valid.
     *
     * @param keepOld whether it does so for a day
     * @param retry whether the caller's client says that it sends the request again by itself
     */
    public EndpointOutcome rotate(TenantId tenant, EndpointId id, boolean keepOld, boolean retry)
            throws InterruptedException {
        changes.lockInterruptibly();
        try {
            Optional<KnownEndpoint> known = find(tenant, id);
            if (known.isEmpty()) {
                return new EndpointOutcome.NotFound();
            }
            WebhookEndpoint endpoint = known.get().endpoint();
            Instant now = clock.instant();
            boolean rotatedJustNow = endpoint.retiring()
                    .filter(old -> old.until().isAfter(now.plus(OLD_SECRET_LIFE).minus(RETRY_WINDOW)))
                    .isPresent();
            if (retry && keepOld && rotatedJustNow) {
                return secretOf(known.get());
            }
            return secretOf(written(new WebhookEndpoint(
                    endpoint.id(),
                    endpoint.tenant(),
                    endpoint.name(),
                    endpoint.url(),
                    endpoint.eventTypes(),
                    endpoint.isDefault(),
                    endpoint.includesResult(),
                    KeptSecret.of(SigningSecret.mint(random)),
                    keepOld
                            ? Optional.of(new RetiringSecret(endpoint.secret(), now.plus(OLD_SECRET_LIFE)))
                            : Optional.empty(),
                    endpoint.enabledAt(),
                    endpoint.createdAt(),
                    now)));
        } finally {
            changes.unlock();
        }
    }

    private KnownEndpoint written(WebhookEndpoint endpoint) throws InterruptedException {
        topic.write(endpoint);
        return directory
                .find(endpoint.tenant(), endpoint.id())
                .orElseGet(() -> new KnownEndpoint(endpoint, Optional.empty()));
    }

    private static EndpointOutcome secretOf(KnownEndpoint known) {
        return switch (known.endpoint().secret()) {
            case KeptSecret.Open(SigningSecret secret) -> new EndpointOutcome.Secret(known, secret);
            case KeptSecret.Shut(var _, String problem) ->
                new EndpointOutcome.Unreadable(known.endpoint().id(), problem);
        };
    }
}
