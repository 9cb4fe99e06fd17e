package io.genapi.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointWishTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final KnownEndpoint known = new KnownEndpoint(
            new WebhookEndpoint(
                    EndpointId.mint(new Random(1)),
                    new TenantId("acme"),
                    "Orders",
                    URI.create("https://hooks.example.com/1"),
                    Set.of(EventType.JOB_FAILED),
                    true,
                    false,
                    KeptSecret.of(SigningSecret.mint(new Random(2))),
                    Optional.empty(),
                    Optional.of(NOW),
                    NOW,
                    NOW),
            Optional.empty());

    private static EndpointWish wish(Optional<String> url, Optional<Boolean> enabled) {
        return new EndpointWish(
                Optional.empty(), url.map(URI::create), Optional.empty(), Optional.empty(), Optional.empty(), enabled);
    }

    private static KnownEndpoint moved(KnownEndpoint before, String url, Instant now) {
        return before.as(wish(Optional.of(url), Optional.empty()).of(before, now));
    }

    private static Optional<Instant> enabledAt(KnownEndpoint known) {
        return known.endpoint().enabledAt();
    }

    @Test
    void everyEnablingIsLaterThanTheOneBeforeWhateverTheClocksSay() {
        KnownEndpoint second = moved(known, "https://hooks.example.com/2", NOW);
        assertEquals(Optional.of(NOW.plusMillis(1)), enabledAt(second));
        KnownEndpoint third = moved(second, "https://hooks.example.com/3", NOW.minusSeconds(9));
        assertEquals(Optional.of(NOW.plusMillis(2)), enabledAt(third));
        KnownEndpoint disabled =
                third.as(wish(Optional.empty(), Optional.of(false)).of(third, NOW.minusSeconds(8)));
        assertEquals(Optional.empty(), enabledAt(disabled));
        KnownEndpoint enabled =
                disabled.as(wish(Optional.empty(), Optional.of(true)).of(disabled, NOW.minusSeconds(7)));
        assertEquals(Optional.of(NOW.plusMillis(4)), enabledAt(enabled));
        assertEquals(
                Optional.of(NOW.plusSeconds(1)),
                enabledAt(moved(enabled, "https://hooks.example.com/4", NOW.plusSeconds(1))));
    }

    @Test
    void whatIsAsItIsWantedIsNotChanged() {
        assertEquals(
                known.endpoint(),
                wish(Optional.of("https://hooks.example.com/1"), Optional.of(true))
                        .of(known, NOW.plusSeconds(1)));
    }
}
