package io.genapi.gateway.webhook;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.schemas.webhook.WebhookEndpoint.RetiringSecret;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Endpoints in the shape of <a href="https://developers.openai.com/api/reference/resources/webhooks">OpenAI's</a>, and
 * what this broker tells of them beside, in UTF-8.
 */
public final class EndpointDocument {

    private static final JsonFactory JSON = new JsonFactory();

    private EndpointDocument() {}

    /** @param now by which a former secret is valid or not */
    public static byte[] of(KnownEndpoint endpoint, Instant now) {
        return written(json -> write(json, endpoint, Optional.empty(), now));
    }

    public static byte[] withSecret(KnownEndpoint endpoint, SigningSecret secret, Instant now) {
        return written(json -> write(json, endpoint, Optional.of(secret), now));
    }

    public static byte[] deleted(EndpointId id) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("id", id.value());
            json.writeStringProperty("object", "webhook_endpoint.deleted");
            json.writeBooleanProperty("deleted", true);
            json.writeEndObject();
        });
    }

    public static byte[] page(List<KnownEndpoint> endpoints, boolean more, Instant now) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            endpoints.forEach(endpoint -> write(json, endpoint, Optional.empty(), now));
            json.writeEndArray();
            text(json, "first_id", endpoints.stream().findFirst().map(EndpointDocument::id));
            text(json, "last_id", endpoints.isEmpty() ? Optional.empty() : Optional.of(id(endpoints.getLast())));
            json.writeBooleanProperty("has_more", more);
            json.writeEndObject();
        });
    }

    private static String id(KnownEndpoint known) {
        return known.endpoint().id().value();
    }

    /** All types of events that an endpoint can be told of. */
    public static byte[] eventTypes() {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            Arrays.stream(EventType.values()).map(EventType::wireName).forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, KnownEndpoint known, Optional<SigningSecret> secret, Instant now) {
        WebhookEndpoint endpoint = known.endpoint();
        json.writeStartObject();
        json.writeStringProperty("id", endpoint.id().value());
        json.writeStringProperty("object", "webhook_endpoint");
        json.writeStringProperty("name", endpoint.name());
        json.writeStringProperty("url", endpoint.url().toString());
        json.writeArrayPropertyStart("event_types");
        endpoint.eventTypes().stream().sorted().map(EventType::wireName).forEach(json::writeString);
        json.writeEndArray();
        json.writeNumberProperty("created_at", endpoint.createdAt().getEpochSecond());
        json.writeNumberProperty("updated_at", endpoint.updatedAt().getEpochSecond());
        secret.ifPresent(shown -> json.writeStringProperty("signing_secret", shown.value()));
        json.writeStringProperty("signing_secret_hint", endpoint.secret().hint());
        time(
                json,
                "old_secret_expires_at",
                endpoint.retiring().map(RetiringSecret::until).filter(now::isBefore));
        json.writeBooleanProperty("default", endpoint.isDefault());
        json.writeBooleanProperty("include_result", endpoint.includesResult());
        json.writeStringProperty("status", known.isEnabled() ? "enabled" : "disabled");
        text(json, "disabled_reason", reason(known));
        time(json, "disabled_at", known.disabled().map(EndpointStanding.Disabled::at));
        time(json, "failing_since", known.standing().flatMap(EndpointStanding::failingSince));
        json.writeEndObject();
    }

    private static Optional<String> reason(KnownEndpoint known) {
        if (known.isEnabled()) {
            return Optional.empty();
        }
        return Optional.of(known.disabled()
                .map(EndpointStanding.Disabled::reason)
                .map(SentText::wellFormed)
                .orElse("its owner disabled it"));
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        json.writeName(name);
        json.writeString(value.orElse(null));
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> value) {
        json.writeName(name);
        value.ifPresentOrElse(at -> json.writeNumber(at.getEpochSecond()), json::writeNull);
    }

    private static byte[] written(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }
}
