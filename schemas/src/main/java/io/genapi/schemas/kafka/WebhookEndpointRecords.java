package io.genapi.schemas.kafka;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.CreationKey;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Endpoints as records of {@code genapi.webhook-endpoints}, and how they do as records of {@code genapi.webhook-standings}.
 * Keyed by kind, tenant and id, so that the last of each is kept; one without a value says that the endpoint is gone.
 */
public final class WebhookEndpointRecords {

    private static final String ENDPOINT = "endpoint";
    private static final String STANDING = "standing";

    private WebhookEndpointRecords() {}

    /** Whose record it is, or was. */
    public record Owner(TenantId tenant, EndpointId id) {}

    private record Endpoint(
            String id,
            String tenant,
            String name,
            String url,
            List<String> eventTypes,
            boolean isDefault,
            boolean includesResult,
            String secret,
            @Nullable String retiringSecret,
            @Nullable String retiringUntil,
            @Nullable String enabledAt,
            String createdAt,
            String updatedAt,
            @Nullable String key) {
        Endpoint {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(eventTypes, "event_types");
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(createdAt, "created_at");
            Objects.requireNonNull(updatedAt, "updated_at");
        }
    }

    private record Standing(
            String id,
            String tenant,
            String enabledAt,
            @Nullable String failingSince,
            @Nullable String disabledReason,
            @Nullable String disabledAt) {
        Standing {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(enabledAt, "enabled_at");
        }
    }

    /**
     * What a tenant wants of an endpoint.
     *
     * @param source the writer, as CloudEvents' {@code source}
     */
    public static ProducerRecord<byte[], byte[]> write(
            WebhookEndpoint endpoint, SecretSeal seal, String topic, String source) {
        Endpoint value = new Endpoint(
                endpoint.id().value(),
                endpoint.tenant().value(),
                endpoint.name(),
                endpoint.url().toString(),
                endpoint.eventTypes().stream().map(EventType::wireName).sorted().toList(),
                endpoint.isDefault(),
                endpoint.includesResult(),
                sealed(endpoint.secret(), seal, endpoint.id()),
                endpoint.retiring()
                        .map(old -> sealed(old.secret(), seal, endpoint.id()))
                        .orElse(null),
                endpoint.retiring().map(old -> old.until().toString()).orElse(null),
                endpoint.enabledAt().map(Instant::toString).orElse(null),
                endpoint.createdAt().toString(),
                endpoint.updatedAt().toString(),
                endpoint.key().map(CreationKey::value).orElse(null));
        HeaderWriter headers = new HeaderWriter(
                EventTypes.WEBHOOK_ENDPOINT,
                source,
                endpoint.id() + "/" + endpoint.updatedAt().toEpochMilli(),
                endpoint.updatedAt());
        return record(topic, key(ENDPOINT, endpoint.tenant(), endpoint.id()), value, headers);
    }

    private static String sealed(KeptSecret secret, SecretSeal seal, EndpointId id) {
        return switch (secret) {
            case KeptSecret.Open(var open) -> seal.seal(open, id);
            case KeptSecret.Shut(String sealed, var _) -> sealed;
        };
    }

    /**
     * How an endpoint does.
     *
     * @param source the writer, as CloudEvents' {@code source}
     * @param at when that was found
     */
    public static ProducerRecord<byte[], byte[]> write(
            EndpointStanding standing, String topic, String source, Instant at) {
        Standing value = new Standing(
                standing.id().value(),
                standing.tenant().value(),
                standing.enabledAt().toString(),
                standing.failingSince().map(Instant::toString).orElse(null),
                standing.disabled().map(EndpointStanding.Disabled::reason).orElse(null),
                standing.disabled().map(disabled -> disabled.at().toString()).orElse(null));
        HeaderWriter headers = new HeaderWriter(
                EventTypes.WEBHOOK_STANDING, source, standing.id() + "/standing/" + at.toEpochMilli(), at);
        return record(topic, key(STANDING, standing.tenant(), standing.id()), value, headers);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] key, Object value, HeaderWriter headers) {
        return new ProducerRecord<>(topic, null, key, WireJson.MAPPER.writeValueAsBytes(value), headers.headers());
    }

    /** Say that an endpoint is gone. */
    public static ProducerRecord<byte[], byte[]> remove(TenantId tenant, EndpointId id, String topic) {
        return new ProducerRecord<>(topic, key(ENDPOINT, tenant, id), null);
    }

    /** Say that nothing is known any more of how an endpoint does. */
    public static ProducerRecord<byte[], byte[]> removeStanding(TenantId tenant, EndpointId id, String topic) {
        return new ProducerRecord<>(topic, key(STANDING, tenant, id), null);
    }

    private static byte[] key(String kind, TenantId tenant, EndpointId id) {
        return (kind + "/" + tenant + "/" + id).getBytes(StandardCharsets.UTF_8);
    }

    /** The endpoint that the record is about; empty where it is no record of an endpoint itself. */
    public static Optional<Owner> endpointOf(ConsumerRecord<byte[], byte[]> record) {
        return owner(record, ENDPOINT);
    }

    /** The endpoint whose standing the record is about; empty where it is no record of a standing. */
    public static Optional<Owner> standingOf(ConsumerRecord<byte[], byte[]> record) {
        return owner(record, STANDING);
    }

    private static Optional<Owner> owner(ConsumerRecord<byte[], byte[]> record, String kind) {
        byte @Nullable [] key = record.key();
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        int tenant = kind.length() + 1;
        int id = text.lastIndexOf('/') + 1;
        if (!text.startsWith(kind + "/")
                || id - 1 <= tenant
                || text.substring(tenant, id - 1).isBlank()) {
            return Optional.empty();
        }
        return EndpointId.parse(text.substring(id))
                .map(its -> new Owner(new TenantId(text.substring(tenant, id - 1)), its));
    }

    /** The endpoint that a record says there is; empty where it says none that this version knows. */
    public static Optional<WebhookEndpoint> readEndpoint(ConsumerRecord<byte[], byte[]> record, SecretSeal seal) {
        return read(record, EventTypes.WEBHOOK_ENDPOINT, Endpoint.class, value -> endpoint(value, seal))
                .filter(endpoint ->
                        endpointOf(record).equals(Optional.of(new Owner(endpoint.tenant(), endpoint.id()))));
    }

    /** The standing that a record is; empty where it is none that this version knows. */
    public static Optional<EndpointStanding> readStanding(ConsumerRecord<byte[], byte[]> record) {
        return read(record, EventTypes.WEBHOOK_STANDING, Standing.class, WebhookEndpointRecords::standing)
                .filter(standing ->
                        standingOf(record).equals(Optional.of(new Owner(standing.tenant(), standing.id()))));
    }

    private static <V, T> Optional<T> read(
            ConsumerRecord<byte[], byte[]> record, String type, Class<V> form, Function<V, T> meaning) {
        byte @Nullable [] body = record.value();
        if (body == null
                || new HeaderReader(record.headers())
                        .text(HeaderNames.CE_TYPE)
                        .filter(type::equals)
                        .isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(meaning.apply(WireJson.read(body, form)));
        } catch (JacksonException | IllegalArgumentException | DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static WebhookEndpoint endpoint(Endpoint value, SecretSeal seal) {
        EndpointId id = new EndpointId(value.id());
        String retiring = value.retiringSecret();
        String until = value.retiringUntil();
        return new WebhookEndpoint(
                id,
                new TenantId(value.tenant()),
                value.name(),
                URI.create(value.url()),
                value.eventTypes().stream()
                        .flatMap(type -> EventType.fromWireName(type).stream())
                        .collect(Collectors.toSet()),
                value.isDefault(),
                value.includesResult(),
                seal.open(value.secret(), id),
                retiring == null || until == null
                        ? Optional.empty()
                        : Optional.of(
                                new WebhookEndpoint.RetiringSecret(seal.open(retiring, id), Instant.parse(until))),
                Optional.ofNullable(value.enabledAt()).map(Instant::parse),
                Instant.parse(value.createdAt()),
                Instant.parse(value.updatedAt()),
                Optional.ofNullable(value.key()).map(CreationKey::new));
    }

    private static EndpointStanding standing(Standing value) {
        String reason = value.disabledReason();
        String at = value.disabledAt();
        return new EndpointStanding(
                new EndpointId(value.id()),
                new TenantId(value.tenant()),
                Instant.parse(value.enabledAt()),
                Optional.ofNullable(value.failingSince()).map(Instant::parse),
                reason == null || at == null
                        ? Optional.empty()
                        : Optional.of(new EndpointStanding.Disabled(reason, Instant.parse(at))));
    }
}
