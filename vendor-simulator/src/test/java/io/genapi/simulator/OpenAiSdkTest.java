package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.models.Model;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the simulator to OpenAI's own client: what it reads and raises is what the API promises. */
class OpenAiSdkTest {

    private final VendorSimulator simulator =
            VendorSimulator.start(SimulatorOptions.PLAIN.withKeys("sk-good").withModels("gpt-4o", "gpt-4o-mini"));
    private final OpenAIClient client = client("sk-good", 0);

    private OpenAIClient client(String key, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(simulator.baseUri().toString())
                .apiKey(key)
                .maxRetries(retries)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    private static ChatCompletionCreateParams.Builder ask(String text) {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addSystemMessage("Be brief.")
                .addUserMessage(text);
    }

    private ChatCompletion complete(ChatCompletionCreateParams.Builder params) {
        return client.chat().completions().create(params.build()).validate();
    }

    @Test
    void answersWithTheUsersOwnWords() {
        ChatCompletion completion = complete(ask("nonce-4711 ünïcödé"));

        assertTrue(completion.id().startsWith("chatcmpl-"));
        assertEquals("gpt-4o", completion.model());
        ChatCompletion.Choice choice = completion.choices().getFirst();
        assertEquals("You said: nonce-4711 ünïcödé", choice.message().content().orElseThrow());
        assertEquals(FinishReason.STOP, choice.finishReason());
        var usage = completion.usage().orElseThrow();
        assertEquals(usage.totalTokens(), usage.promptTokens() + usage.completionTokens());
        assertEquals(
                0,
                usage.completionTokensDetails().orElseThrow().reasoningTokens().orElseThrow());
    }

    @Test
    void saysTheSameToTheSameRequestUnderANewId() {
        ChatCompletion first = complete(ask("again"));
        ChatCompletion second = complete(ask("again"));

        assertEquals(first.choices(), second.choices());
        assertEquals(first.usage(), second.usage());
        assertTrue(!first.id().equals(second.id()), "two calls, two ids");
    }

    @Test
    void streamsWhatItWouldHaveAnsweredAndTheUsage() {
        var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(
                        ask("one two three four").streamOptions(options).build())) {
            stream.stream().peek(accumulator::accumulate).forEach(ChatCompletionChunk::validate);
        }

        ChatCompletion streamed = accumulator.chatCompletion();
        ChatCompletion whole = complete(ask("one two three four"));
        assertEquals(
                whole.choices().getFirst().message().content(),
                streamed.choices().getFirst().message().content());
        assertEquals(whole.usage(), streamed.usage());
    }

    @Test
    void stopsAtTheTokenLimitAndAtStopTexts() {
        ChatCompletion short2 = complete(ask("a long story indeed").maxCompletionTokens(2));
        assertEquals(FinishReason.LENGTH, short2.choices().getFirst().finishReason());
        assertEquals(2, short2.usage().orElseThrow().completionTokens());

        ChatCompletion stopped = complete(ask("before END after").stop("END"));
        assertEquals(
                "You said: before ",
                stopped.choices().getFirst().message().content().orElseThrow());
    }

    @Test
    void givesAsManyChoicesAsAsked() {
        assertEquals(3, complete(ask("hi").n(3)).choices().size());
    }

    @Test
    void answersInJsonWhenAsked() {
        ChatCompletion completion = complete(ask("quote \" this")
                .responseFormat(ResponseFormatJsonObject.builder().build()));
        assertEquals(
                "{\"answer\":\"You said: quote \\\" this\"}",
                completion.choices().getFirst().message().content().orElseThrow());
    }

    /** The SDK derives a JSON Schema from this record and reads the answer back into one. */
    record City(String name, int people, List<String> districts) {}

    @Test
    void answersInTheShapeOfASchema() {
        var params = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("Rome")
                .responseFormat(City.class)
                .build();
        City city = client.chat()
                .completions()
                .create(params)
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        assertEquals(new City("You said: Rome", 1, List.of("You said: Rome")), city);
    }

    private static ChatCompletionCreateParams.Builder askForTool(String text) {
        var parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty(
                        "properties",
                        JsonValue.from(Map.of("unit", Map.of("type", "string", "enum", List.of("celsius")))))
                .build();
        return ask(text)
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("weather")
                                .parameters(parameters)
                                .build())
                        .build())
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED);
    }

    @Test
    void callsAToolWhenItMust() {
        ChatCompletion.Choice choice = complete(askForTool("Rome")).choices().getFirst();

        assertEquals(FinishReason.TOOL_CALLS, choice.finishReason());
        var call = choice.message().toolCalls().orElseThrow().getFirst().asFunction();
        assertEquals("weather", call.function().name());
        assertEquals("{\"unit\":\"celsius\"}", call.function().arguments());
    }

    @Test
    void streamsAToolCall() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (var stream =
                client.chat().completions().createStreaming(askForTool("Rome").build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        var call = accumulator
                .chatCompletion()
                .choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst();
        assertEquals("{\"unit\":\"celsius\"}", call.asFunction().function().arguments());
    }

    @Test
    void listsAndShowsItsModels() {
        assertEquals(
                List.of("gpt-4o", "gpt-4o-mini"),
                client.models().list().items().stream().map(Model::id).toList());
        assertEquals("gpt-4o", client.models().retrieve("gpt-4o").validate().id());
        assertThrows(NotFoundException.class, () -> client.models().retrieve("gpt-0"));
    }

    @Test
    void refusesAWrongKey() {
        OpenAIClient stranger = client("sk-bad", 0);
        try {
            var refused = assertThrows(
                    UnauthorizedException.class, () -> stranger.models().list());
            assertEquals("invalid_api_key", refused.code().orElseThrow());
        } finally {
            stranger.close();
        }
    }

    @Test
    void refusesAnUnknownModel() {
        var refused =
                assertThrows(NotFoundException.class, () -> complete(ask("hi").model("gpt-0")));
        assertEquals("model_not_found", refused.code().orElseThrow());
        assertEquals("invalid_request_error", refused.type().orElseThrow());
    }

    @Test
    void refusesAParameterOutOfRange() {
        var refused =
                assertThrows(BadRequestException.class, () -> complete(ask("hi").n(0)));
        assertEquals("n", refused.param().orElseThrow());
    }

    @Test
    void raisesARateLimitThatSaysWhenToComeBack() {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofSeconds(7)));
        var refused = assertThrows(RateLimitException.class, () -> complete(ask("hi")));
        assertEquals(List.of("7"), refused.headers().values("retry-after"));
        assertEquals("rate_limit_exceeded", refused.code().orElseThrow());
    }

    @Test
    void limitsRequestsPerMinute() {
        simulator.change(now -> now.withRequestsPerMinute(1));
        complete(ask("the one"));
        var refused = assertThrows(RateLimitException.class, () -> complete(ask("one too many")));
        assertEquals(List.of("1"), refused.headers().values("x-ratelimit-limit-requests"));
        assertEquals(List.of("0"), refused.headers().values("x-ratelimit-remaining-requests"));
    }

    @Test
    void failsWithTheStatusesItWasGiven() {
        simulator.change(now -> now.withErrorRate(1, 500));
        assertInstanceOf(
                InternalServerException.class, assertThrows(OpenAIServiceException.class, () -> complete(ask("hi"))));
    }

    @Test
    void letsTheSdkRetryUntilItSucceeds() {
        simulator.failNext(new Fault.Status(503, RetryAfter.ofMillis(1)), 2);
        OpenAIClient patient = client("sk-good", 2);
        try {
            var completion =
                    patient.chat().completions().create(ask("third time").build());
            assertTrue(completion
                    .choices()
                    .getFirst()
                    .message()
                    .content()
                    .orElseThrow()
                    .contains("third time"));
        } finally {
            patient.close();
        }
        assertEquals(2, simulator.statistics().withStatus(503));
        assertEquals(1, simulator.statistics().withStatus(200));
    }
}
