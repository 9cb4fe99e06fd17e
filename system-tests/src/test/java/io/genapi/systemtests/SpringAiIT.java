package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.errors.NotFoundException;
import io.genapi.chaos.http.Api;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's model of OpenAI, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class SpringAiIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String baseUrl;

    SpringAiIT(LocalBroker broker) {
        this.baseUrl = broker.line().address() + "/v1";
    }

    private OpenAiChatModel model(String name) {
        return OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(baseUrl)
                        .apiKey("not-needed-here")
                        .model(name)
                        .build())
                .build();
    }

    @Test
    void chats() {
        ChatResponse response = model(Api.MODEL).call(new Prompt("nonce-spring-ai"));

        assertEquals(
                "You said: nonce-spring-ai",
                Objects.requireNonNull(response.getResult()).getOutput().getText());
        assertEquals(Api.MODEL, response.getMetadata().getModel());
        var usage = response.getMetadata().getUsage();
        assertEquals(usage.getTotalTokens(), usage.getPromptTokens() + usage.getCompletionTokens());
    }

    @Test
    void streams() {
        List<String> texts = model(Api.MODEL).stream("nonce-spring-ai tells a long story")
                .timeout(PATIENCE)
                .toStream()
                .toList();

        assertEquals("You said: nonce-spring-ai tells a long story", String.join("", texts));
        assertTrue(texts.size() > 3, texts::toString);
    }

    @Test
    void raisesItsTypedErrors() {
        NotFoundException unknown = assertThrows(
                NotFoundException.class, () -> model("no-such-model").call("hello"));
        assertEquals("model_not_found", unknown.code().orElse(""));

        CompletionException inAStream = assertThrows(
                CompletionException.class,
                () -> model("no-such-model").stream("hello").blockLast(PATIENCE));
        assertEquals(
                "model_not_found",
                assertInstanceOf(NotFoundException.class, inAStream.getCause())
                        .code()
                        .orElse(""));
    }
}
