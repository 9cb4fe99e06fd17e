package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.sending.MessageWriter;
import io.genapi.store.sending.ResultReading;
import io.genapi.store.sending.StandardWebhookSigner;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.OpenAiNpm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's client for JavaScript unwraps what the sender signs, also while one secret replaces another. */
final class OpenAiNpmWebhooksIT {

    private final SecureRandom random = new SecureRandom();

    @Test
    void unwrapsWebhooks() throws Exception {
        List<Object> webhooks = Arrays.stream(EventType.values())
                .filter(type -> !type.wireName().startsWith("job."))
                .map(this::webhook)
                .toList();
        Path file = Checkout.emptyDirectory("npm-webhooks").resolve("webhooks.json");
        Files.write(file, JsonMapper.shared().writeValueAsBytes(webhooks));

        OpenAiNpm.Outcome outcome = OpenAiNpm.installed("OpenAiNpmWebhooksIT.unwrapsWebhooks")
                .test(Map.of("GENAPI_WEBHOOKS", file.toString()), "webhooks.test.mjs");

        assertEquals(0, outcome.exitCode(), outcome::output);
    }

    private Object webhook(EventType type) {
        Instant now = Instant.now();
        String subject = type.wireName().startsWith("batch.") ? "batch_7" : "resp_7";
        WebhookEvent event = new WebhookEvent(
                EventId.mint(random), new TenantId("acme"), type, now, subject, Optional.empty(), Optional.empty());
        List<SigningSecret> secrets = List.of(SigningSecret.mint(random), SigningSecret.mint(random));
        byte[] body = body(event);
        return Map.of(
                "type", type.wireName(),
                "subject", subject,
                "body", new String(body, StandardCharsets.UTF_8),
                "headers", StandardWebhookSigner.headers(event.id(), now, body, secrets),
                "secrets", secrets.stream().map(SigningSecret::value).toList(),
                "foreign", SigningSecret.mint(random).value());
    }

    private static byte[] body(WebhookEvent event) {
        try {
            return new MessageWriter((_, _) -> new ResultReading.Gone(), 0).write(event, false);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
