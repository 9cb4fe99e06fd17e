package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.webhooks.WebhookCreateParams;
import com.openai.models.webhooks.WebhookEndpoint;
import com.openai.models.webhooks.WebhookEndpointWithSecret;
import com.openai.models.webhooks.WebhookListParams;
import com.openai.models.webhooks.WebhookRotateSecretParams;
import com.openai.models.webhooks.WebhookUpdateParams;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.OpenAiSdk;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhook endpoints by OpenAI's client for Java, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class WebhookEndpointsIT {

    private final OpenAIClient client;

    WebhookEndpointsIT(LocalBroker broker) {
        this.client = OpenAiSdk.at(broker.line().address()).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static WebhookCreateParams.Builder wish(String name) {
        return WebhookCreateParams.builder()
                .name(name)
                .url("http://127.0.0.1:9/hooks")
                .addEventType(WebhookCreateParams.EventType.BATCH_COMPLETED)
                .addEventType(WebhookCreateParams.EventType.of("job.succeeded"));
    }

    private WebhookEndpointWithSecret created(String name) {
        return client.webhooks().create(wish(name).build()).validate();
    }

    @Test
    void registersShowsAndChangesAnEndpoint() {
        WebhookEndpointWithSecret made = created("java");
        assertTrue(made.signingSecret().startsWith("whsec_"), made::signingSecret);

        WebhookEndpoint shown = client.webhooks().retrieve(made.id()).validate();
        assertEquals("java", shown.name());
        assertEquals(made.signingSecretHint(), shown.signingSecretHint());
        assertEquals(Set.of("batch.completed", "job.succeeded"), Set.copyOf(shown.eventTypes()));

        WebhookEndpoint changed = client.webhooks()
                .update(
                        made.id(),
                        WebhookUpdateParams.builder()
                                .name("java, changed")
                                .putAdditionalBodyProperty("status", JsonValue.from("disabled"))
                                .build())
                .validate();
        assertEquals("java, changed", changed.name());
        assertEquals(shown.url(), changed.url());
        BadRequestException disabled = assertThrows(BadRequestException.class, () -> ask(made.id()));
        assertEquals("webhook_endpoint_disabled", disabled.code().orElse(""));
    }

    @Test
    void rotatesSecrets() {
        WebhookEndpointWithSecret made = created("rotating");

        WebhookEndpointWithSecret kept =
                client.webhooks().rotateSecret(made.id()).validate();
        WebhookEndpointWithSecret ended = client.webhooks()
                .rotateSecret(
                        made.id(),
                        WebhookRotateSecretParams.builder()
                                .keepOldSecretActiveFor24Hours(false)
                                .build())
                .validate();

        assertNotEquals(made.signingSecret(), kept.signingSecret());
        assertNotEquals(kept.signingSecret(), ended.signingSecret());
    }

    @Test
    void listsInPagesAndForgetsWhatIsDeleted() {
        List<String> made = List.of(
                created("listed").id(),
                created("listed").id(),
                created("listed").id());

        assertTrue(listed().containsAll(made));
        assertTrue(client.webhooks().delete(made.getFirst()).validate().deleted());

        assertFalse(listed().contains(made.getFirst()));
        assertThrows(NotFoundException.class, () -> client.webhooks().retrieve(made.getFirst()));
        assertThrows(NotFoundException.class, () -> client.webhooks().delete(made.getFirst()));
    }

    private Set<String> listed() {
        return client.webhooks().list(WebhookListParams.builder().limit(2).build()).autoPager().stream()
                .map(WebhookEndpoint::id)
                .collect(Collectors.toSet());
    }

    @Test
    void listsTypesOfEvents() {
        List<String> types = client.webhooks().eventTypes().list().validate().data();

        assertTrue(types.containsAll(List.of("batch.completed", "response.completed", "job.expired")), types::toString);
    }

    @Test
    void raisesTypedErrorsThatTellWhatIsWrong() {
        BadRequestException hostile = assertThrows(
                BadRequestException.class,
                () -> client.webhooks()
                        .create(wish("hostile").url("https://169.254.169.254/").build()));
        assertEquals("url", hostile.param().orElse(""));
        assertEquals("invalid_webhook_url", hostile.code().orElse(""));
        BadRequestException unheardOf = assertThrows(
                BadRequestException.class,
                () -> client.webhooks()
                        .create(wish("other")
                                .addEventType(WebhookCreateParams.EventType.EVAL_RUN_FAILED)
                                .build()));
        assertEquals("event_types[2]", unheardOf.param().orElse(""));
    }

    @Test
    void isNamedByAJob() {
        WebhookEndpointWithSecret made = created("named");

        ask(made.id());
        client.webhooks().delete(made.id());

        BadRequestException gone = assertThrows(BadRequestException.class, () -> ask(made.id()));
        assertEquals("webhook_endpoint_unknown", gone.code().orElse(""));
    }

    private void ask(String endpoint) {
        var _ = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addUserMessage("nonce-webhook")
                        .putAdditionalHeader("Genapi-Webhook", endpoint)
                        .build())
                .validate();
    }
}
