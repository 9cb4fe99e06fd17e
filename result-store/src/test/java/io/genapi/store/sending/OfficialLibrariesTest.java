package io.genapi.store.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.Headers;
import com.openai.errors.InvalidWebhookSignatureException;
import com.openai.models.webhooks.UnwrapWebhookEvent;
import com.openai.models.webhooks.WebhookVerificationParams;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.SigningSecret;
import io.genapi.schemas.webhook.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages as those read them who have never heard of this broker: Standard Webhooks' own library, and OpenAI's client. */
class OfficialLibrariesTest {

    private final SigningSecret current = Hooks.secret();
    private final SigningSecret retiring = Hooks.secret();
    private final SigningSecret foreign = Hooks.secret();

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Sent(Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        Map<String, List<String>> lists() {
            return headers.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        }

        UnwrapWebhookEvent unwrap(SigningSecret secret) {
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .apiKey("none")
                    .baseUrl("http://unused.invalid")
                    .build();
            return client.webhooks()
                    .unwrap(WebhookVerificationParams.builder()
                            .payload(body)
                            .headers(Headers.builder().putAll(lists()).build())
                            .secret(secret.value())
                            .build());
        }
    }

    private static Sent sent(WebhookEvent event, SigningSecret... secrets) throws InterruptedException {
        byte[] body = new MessageWriter((_, _) -> new ResultReading.Gone(), 0).write(event, false);
        // The libraries refuse what is older than five minutes by the system's clock.
        return new Sent(StandardWebhookSigner.headers(event.id(), Instant.now(), body, List.of(secrets)), body);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void standardWebhooksOwnLibraryVerifiesThem(EventType type) throws Exception {
        Sent sent = sent(Hooks.event(type), current);
        Webhook theirs = new Webhook(current.value());
        assertDoesNotThrow(() -> theirs.verify(sent.text(), sent.lists()));
        assertThrows(
                WebhookVerificationException.class,
                () -> theirs.verify(sent.text().replace("job_7", "job_8"), sent.lists()));
        assertThrows(
                WebhookVerificationException.class,
                () -> new Webhook(foreign.value()).verify(sent.text(), sent.lists()));
    }

    @Test
    void eitherSecretVerifiesThemWhileOneReplacesTheOther() throws Exception {
        Sent sent = sent(Hooks.event(EventType.JOB_FAILED), current, retiring);
        assertEquals(2, sent.headers().getOrDefault("webhook-signature", "").split(" ").length);
        for (SigningSecret secret : List.of(current, retiring)) {
            assertDoesNotThrow(() -> new Webhook(secret.value()).verify(sent.text(), sent.lists()));
        }
        assertThrows(
                WebhookVerificationException.class,
                () -> new Webhook(foreign.value()).verify(sent.text(), sent.lists()));
    }

    @Test
    void signsAsTheLibraryDoes() throws Exception {
        WebhookEvent event = Hooks.event(EventType.JOB_SUCCEEDED);
        String body = "{\"é\":1}";
        Map<String, String> headers = StandardWebhookSigner.headers(
                event.id(), Instant.ofEpochSecond(1_700_000_000), body.getBytes(UTF_8), List.of(current));
        assertEquals("1700000000", headers.get("webhook-timestamp"));
        assertEquals(
                new Webhook(current.value()).sign(event.id().value(), 1_700_000_000, body),
                headers.get("webhook-signature"));
    }

    @ParameterizedTest
    @CsvSource({
        "RESPONSE_COMPLETED,resp_1",
        "RESPONSE_INCOMPLETE,resp_2",
        "RESPONSE_FAILED,resp_3",
        "RESPONSE_CANCELLED,resp_4",
        "BATCH_COMPLETED,batch_1",
        "BATCH_FAILED,batch_2",
        "BATCH_EXPIRED,batch_3",
        "BATCH_CANCELLED,batch_4"
    })
    void openAisClientUnwrapsItsOwnEvents(EventType type, String subject) throws Exception {
        WebhookEvent event = Hooks.event(type, subject, Optional.empty());
        Sent sent = sent(event, current, retiring);
        for (SigningSecret secret : List.of(current, retiring)) {
            UnwrapWebhookEvent unwrapped = sent.unwrap(secret);
            assertEquals(List.of(event.id().value(), subject, Hooks.NOW.getEpochSecond()), facts(type, unwrapped));
        }
        assertThrows(InvalidWebhookSignatureException.class, () -> sent.unwrap(foreign));
    }

    private static List<Object> facts(EventType type, UnwrapWebhookEvent event) {
        return switch (type) {
            case RESPONSE_COMPLETED -> {
                var it = event.asResponseCompleted();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case RESPONSE_INCOMPLETE -> {
                var it = event.asResponseIncomplete();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case RESPONSE_FAILED -> {
                var it = event.asResponseFailed();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case RESPONSE_CANCELLED -> {
                var it = event.asResponseCancelled();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case BATCH_COMPLETED -> {
                var it = event.asBatchCompleted();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case BATCH_FAILED -> {
                var it = event.asBatchFailed();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case BATCH_EXPIRED -> {
                var it = event.asBatchExpired();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case BATCH_CANCELLED -> {
                var it = event.asBatchCancelled();
                yield List.of(it.id(), it.data().id(), it.createdAt());
            }
            case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED, JOB_EXPIRED ->
                throw new IllegalArgumentException(type + " is none of OpenAI's");
        };
    }
}
