package io.genapi.schemas.webhook;

import io.genapi.schemas.job.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A receiver as its tenant has registered it.
 *
 * @param name for people
 * @param eventTypes all that it is told of, whether it was named or not
 * @param isDefault whether it is told of what names no endpoint
 * @param includesResult whether it is sent the result itself, up to a size
 * @param secret that messages are signed with
 * @param retiring the secret before that one, with which they are signed as well for a time
 * @param enabledAt since when its tenant wants it to be told; empty while it wants that not
 * @param key which request made it; empty if that had none
 */
public record WebhookEndpoint(
        EndpointId id,
        TenantId tenant,
        String name,
        URI url,
        Set<EventType> eventTypes,
        boolean isDefault,
        boolean includesResult,
        KeptSecret secret,
        Optional<RetiringSecret> retiring,
        Optional<Instant> enabledAt,
        Instant createdAt,
        Instant updatedAt,
        Optional<CreationKey> key) {

    public WebhookEndpoint {
        eventTypes = Set.copyOf(eventTypes);
    }

    /** One that was made without a key. */
    public WebhookEndpoint(
            EndpointId id,
            TenantId tenant,
            String name,
            URI url,
            Set<EventType> eventTypes,
            boolean isDefault,
            boolean includesResult,
            KeptSecret secret,
            Optional<RetiringSecret> retiring,
            Optional<Instant> enabledAt,
            Instant createdAt,
            Instant updatedAt) {
        this(
                id,
                tenant,
                name,
                url,
                eventTypes,
                isDefault,
                includesResult,
                secret,
                retiring,
                enabledAt,
                createdAt,
                updatedAt,
                Optional.empty());
    }

    /** A secret that is valid until then. */
    public record RetiringSecret(KeptSecret secret, Instant until) {}

    /** All that a message is signed with now, the newest first; empty where this process cannot open the newest. */
    public List<SigningSecret> secrets(Instant now) {
        if (!(secret instanceof KeptSecret.Open(SigningSecret newest))) {
            return List.of();
        }
        return retiring.filter(old -> now.isBefore(old.until()))
                .map(RetiringSecret::secret)
                .map(old -> old instanceof KeptSecret.Open(SigningSecret former) ? List.of(newest, former) : null)
                .orElse(List.of(newest));
    }

    /** Why there is nothing to sign with, and what to do. */
    public Optional<String> secretProblem() {
        return secret instanceof KeptSecret.Shut(var _, String problem) ? Optional.of(problem) : Optional.empty();
    }
}
