package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.genapi.chaos.http.Api;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** LangChain4j's models of OpenAI, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class LangChain4jIT {

    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .description("Tells the weather of a city.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .required("city")
                    .build())
            .build();

    private final String baseUrl;

    LangChain4jIT(LocalBroker broker) {
        this.baseUrl = broker.line().address() + "/v1";
    }

    private ChatModel model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("not-needed-here")
                .modelName(name)
                .build();
    }

    private OpenAiStreamingChatModel streaming(String name) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("not-needed-here")
                .modelName(name)
                .build();
    }

    /** Collects a stream; its end is the whole answer, or the error. */
    private static final class Pieces implements StreamingChatResponseHandler {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String text) {
            texts.add(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            end.complete(whole);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        ChatResponse await() {
            return end.orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void chats() {
        ChatResponse response = model(Api.MODEL).chat(UserMessage.from("nonce-langchain4j"));

        assertEquals("You said: nonce-langchain4j", response.aiMessage().text());
        assertEquals(Api.MODEL, response.modelName());
        assertEquals(FinishReason.STOP, response.finishReason());
        assertEquals(
                response.tokenUsage().totalTokenCount(),
                response.tokenUsage().inputTokenCount() + response.tokenUsage().outputTokenCount());
    }

    @Test
    void streams() {
        Pieces pieces = new Pieces();

        streaming(Api.MODEL).chat("nonce-langchain4j tells a long story", pieces);

        assertEquals(
                "You said: nonce-langchain4j tells a long story",
                pieces.await().aiMessage().text());
        assertEquals("You said: nonce-langchain4j tells a long story", String.join("", pieces.texts));
        assertTrue(pieces.texts.size() > 3, pieces.texts::toString);
    }

    @Test
    void hasToolsCalledAndTakesWhatCameOfIt() {
        List<ChatMessage> question = List.of(UserMessage.from("nonce-langchain4j-tools"));
        ChatResponse asked = model(Api.MODEL)
                .chat(ChatRequest.builder()
                        .messages(question)
                        .toolSpecifications(WEATHER)
                        .toolChoice(ToolChoice.REQUIRED)
                        .build());
        ToolExecutionRequest call = asked.aiMessage().toolExecutionRequests().getFirst();
        assertEquals("weather", call.name());

        ChatResponse answered = model(Api.MODEL)
                .chat(ChatRequest.builder()
                        .messages(
                                question.getFirst(), asked.aiMessage(), ToolExecutionResultMessage.from(call, "sunny"))
                        .toolSpecifications(WEATHER)
                        .build());
        assertEquals("You said: nonce-langchain4j-tools", answered.aiMessage().text());
    }

    @Test
    void raisesItsTypedErrors() {
        ModelNotFoundException unknown = assertThrows(
                ModelNotFoundException.class, () -> model("no-such-model").chat("hello"));
        assertTrue(String.valueOf(unknown.getMessage()).contains("no-such-model"), unknown::toString);

        InvalidRequestException invalid = assertThrows(
                InvalidRequestException.class,
                () -> OpenAiChatModel.builder()
                        .baseUrl(baseUrl)
                        .apiKey("not-needed-here")
                        .modelName(Api.MODEL)
                        .serviceTier("no-such-tier")
                        .build()
                        .chat("hello"));
        assertTrue(String.valueOf(invalid.getMessage()).contains("service_tier"), invalid::toString);

        Pieces pieces = new Pieces();
        streaming("no-such-model").chat("hello", pieces);
        CompletionException failed = assertThrows(CompletionException.class, pieces::await);
        assertInstanceOf(ModelNotFoundException.class, failed.getCause());
    }
}
