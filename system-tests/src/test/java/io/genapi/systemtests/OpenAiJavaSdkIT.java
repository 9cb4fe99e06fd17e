package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's client for Java, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class OpenAiJavaSdkIT {

    private final LocalBroker broker;
    private final OpenAIClient client;

    OpenAiJavaSdkIT(LocalBroker broker) {
        this.broker = broker;
        this.client = OpenAIOkHttpClient.builder()
                .baseUrl(broker.api().base() + "/v1")
                .apiKey("not-needed-here")
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        broker.simulator().reset();
    }

    private static ChatCompletionCreateParams.Builder ask(String question) {
        return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage(question);
    }

    private String answer(String question) {
        ChatCompletion completion =
                client.chat().completions().create(ask(question).build()).validate();
        return completion.choices().getFirst().message().content().orElse("");
    }

    @Test
    void completesChats() {
        ChatCompletion completion =
                client.chat().completions().create(ask("nonce-java").build()).validate();

        assertEquals("gpt-4o-mini", completion.model());
        assertEquals(
                "You said: nonce-java",
                completion.choices().getFirst().message().content().orElseThrow());
        var usage = completion.usage().orElseThrow();
        assertEquals(usage.totalTokens(), usage.promptTokens() + usage.completionTokens());
    }

    @Test
    void givesEachOfManyCallsItsOwnAnswer() {
        List<String> answers = Concurrently.map(50, i -> answer("nonce-java-" + i));
        for (int i = 0; i < answers.size(); i++) {
            assertEquals("You said: nonce-java-" + i, answers.get(i));
        }
    }

    @Test
    void listsTheModels() {
        assertTrue(client.models().list().data().stream()
                .anyMatch(model -> model.id().equals("gpt-4o-mini")));
    }

    @Test
    void raisesItsTypedErrors() {
        BadRequestException noMessages = assertThrows(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("hello").messages(List.of()).build()));
        assertEquals("messages", noMessages.param().orElse(""));
        assertEquals("invalid_request_error", noMessages.type().orElse(""));

        BadRequestException wrongType = assertThrows(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("hello")
                                .putAdditionalBodyProperty("messages", JsonValue.from("no array"))
                                .build()));
        assertEquals("messages", wrongType.param().orElse(""));

        NotFoundException unknown = assertThrows(
                NotFoundException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("hello").model("no-such-model").build()));
        assertEquals("model_not_found", unknown.code().orElse(""));
    }

    @Test
    void doesNotSendAgainWhatTheBrokerHasGivenUp() {
        broker.simulator().garble(10);

        assertThrows(
                InternalServerException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("java-failing")
                                .putAdditionalHeader("X-Correlation-ID", "java-failing")
                                .build()));

        assertEquals(
                1,
                JobPages.correlated(broker.api(), "java-failing").size(),
                "the client's own retries made no second job");
    }
}
