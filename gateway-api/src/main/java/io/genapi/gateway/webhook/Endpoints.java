package io.genapi.gateway.webhook;

import io.genapi.gateway.webhook.EndpointChanges.Change;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.CreationKey;
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
import java.util.random.RandomGenerator;

/** Tenants' endpoints, as they ask for them at any gateway. Thread-safe. */
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
    private final EndpointChanges changes;
    private final int maxEndpoints;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param topic from which the directory knows what it knows
     * @param maxEndpoints of one tenant
     * @param random that nobody can guess
     */
    public Endpoints(
            EndpointDirectory directory,
            EndpointTopic topic,
            EndpointChanges changes,
            int maxEndpoints,
            InstantSource clock,
            RandomGenerator random) {
        this.directory = directory;
        this.topic = topic;
        this.changes = changes;
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
        Optional<CreationKey> key = idempotencyKey.map(given -> CreationKey.of(tenant, given));
        return changes.make(() -> creation(tenant, wish, key, retry));
    }

    private Change<EndpointOutcome> creation(
            TenantId tenant, EndpointWish wish, Optional<CreationKey> key, boolean retry) {
        List<KnownEndpoint> all = directory.of(tenant);
        Optional<KnownEndpoint> earlier = all.stream()
                .filter(known -> key.isPresent() && known.endpoint().key().equals(key))
                .findFirst();
        if (earlier.isPresent()) {
            return new Change.Nothing<>(
                    wish.isFulfilledBy(earlier.get().endpoint())
                            ? shownAgain(earlier.get())
                            : new EndpointOutcome.KeyReused(
                                    earlier.get().endpoint().id()));
        }
        Optional<KnownEndpoint> firstTry = retry && key.isEmpty() ? latest(all, wish) : Optional.empty();
        if (firstTry.isPresent()) {
            return new Change.Nothing<>(shownAgain(firstTry.get()));
        }
        if (all.size() >= maxEndpoints) {
            return new Change.Nothing<>(new EndpointOutcome.TooMany(maxEndpoints));
        }
        WebhookEndpoint made = made(tenant, wish, key);
        return new Change.Write<>(made, secretOf(new KnownEndpoint(made, Optional.empty())));
    }

    /** As the first answer was, for whoever did not get it; later, and when the secret is another one, no more. */
    private EndpointOutcome shownAgain(KnownEndpoint known) {
        WebhookEndpoint endpoint = known.endpoint();
        boolean untouched = endpoint.updatedAt().equals(endpoint.createdAt());
        boolean inTime = endpoint.createdAt().isAfter(clock.instant().minus(RETRY_WINDOW));
        return untouched && inTime ? secretOf(known) : new EndpointOutcome.MadeBefore(endpoint.id());
    }

    /** The endpoint that an earlier try may have made. */
    private Optional<KnownEndpoint> latest(List<KnownEndpoint> all, EndpointWish wish) {
        Instant since = clock.instant().minus(RETRY_WINDOW);
        return all.stream()
                .filter(known -> known.endpoint().createdAt().isAfter(since) && wish.isFulfilledBy(known.endpoint()))
                .min(NEWEST_FIRST);
    }

    private WebhookEndpoint made(TenantId tenant, EndpointWish wish, Optional<CreationKey> key) {
        Instant now = clock.instant();
        return new WebhookEndpoint(
                EndpointId.mint(random),
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
                now,
                key);
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
        return changes.make(() -> directory
                .find(tenant, id)
                .map(known -> {
                    WebhookEndpoint changed = wish.of(known, clock.instant());
                    EndpointOutcome done = new EndpointOutcome.Done(known.as(changed));
                    return changed.equals(known.endpoint())
                            ? new Change.Nothing<>(done)
                            : new Change.Write<>(changed, done);
                })
                .orElseGet(() -> new Change.Nothing<>(new EndpointOutcome.NotFound())));
    }

    /** Whether there was one. */
    public boolean delete(TenantId tenant, EndpointId id) throws InterruptedException {
        return changes.make(() -> directory.find(tenant, id).isPresent()
                ? new Change.Remove<>(tenant, id, true)
                : new Change.Nothing<>(false));
    }

    /**
     * Gives it a new secret. Only the last one before that can go on being valid.
     *
     * @param keepOld whether it does so for a day
     * @param retry whether the caller's client says that it sends the request again by itself
     */
    public EndpointOutcome rotate(TenantId tenant, EndpointId id, boolean keepOld, boolean retry)
            throws InterruptedException {
        return changes.make(() -> directory
                .find(tenant, id)
                .map(known -> rotation(known, keepOld, retry))
                .orElseGet(() -> new Change.Nothing<>(new EndpointOutcome.NotFound())));
    }

    private Change<EndpointOutcome> rotation(KnownEndpoint known, boolean keepOld, boolean retry) {
        WebhookEndpoint endpoint = known.endpoint();
        Instant now = clock.instant();
        boolean rotatedJustNow = endpoint.retiring()
                .filter(old -> old.until().isAfter(now.plus(OLD_SECRET_LIFE).minus(RETRY_WINDOW)))
                .isPresent();
        if (retry && keepOld && rotatedJustNow) {
            return new Change.Nothing<>(secretOf(known));
        }
        WebhookEndpoint rotated = new WebhookEndpoint(
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
                EndpointWish.ofChange(endpoint, now),
                endpoint.key());
        return new Change.Write<>(rotated, secretOf(known.as(rotated)));
    }

    private static EndpointOutcome secretOf(KnownEndpoint known) {
        return switch (known.endpoint().secret()) {
            case KeptSecret.Open(SigningSecret secret) -> new EndpointOutcome.Secret(known, secret);
            case KeptSecret.Shut(var _, String problem) ->
                new EndpointOutcome.Unreadable(known.endpoint().id(), problem);
        };
    }
}
