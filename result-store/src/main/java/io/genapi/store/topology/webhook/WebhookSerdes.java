package io.genapi.store.topology.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.store.webhook.EndpointHealth;
import io.genapi.store.webhook.Telling;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How tellings and endpoints' health are kept in RocksDB and the changelog. */
final class WebhookSerdes {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What a former version did not know yet is 0.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addMixIn(TenantId.class, Text.class)
            .addMixIn(EndpointId.class, Text.class)
            .addMixIn(EventId.class, Text.class)
            .build();

    private WebhookSerdes() {}

    /** Wrapped texts are written as texts. */
    @SuppressWarnings("UnusedVariable") // Jackson reads the signatures, nobody calls them.
    private abstract static class Text {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Text(String value) {}

        @JsonValue
        abstract String value();
    }

    static byte[] write(Telling telling) {
        return JSON.writeValueAsBytes(telling);
    }

    /** Empty where this version cannot read it: a newer one has written it. */
    static Optional<Telling> telling(byte[] bytes) {
        try {
            return Optional.of(JSON.readValue(bytes, Telling.class));
        } catch (JacksonException unknown) {
            return Optional.empty();
        }
    }

    static byte[] write(Wish wish) {
        return JSON.writeValueAsBytes(wish);
    }

    static Wish wish(byte[] bytes) {
        return JSON.readValue(bytes, Wish.class);
    }

    static byte[] write(EndpointHealth health) {
        return JSON.writeValueAsBytes(health);
    }

    static EndpointHealth health(byte[] bytes) {
        return JSON.readValue(bytes, EndpointHealth.class);
    }
}
