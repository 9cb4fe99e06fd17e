package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.UrlImageSource;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the simulator to Anthropic's own client: what it reads and raises is what the API promises. */
class AnthropicSdkTest {

    private final VendorSimulator simulator =
            VendorSimulator.start(SimulatorOptions.PLAIN.withKeys("sk-good").withModels("claude-opus-5-5"));
    private final AnthropicClient client = client("sk-good", 0);

    private AnthropicClient client(String key, int retries) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(simulator.baseUri().resolve("/").toString())
                .apiKey(key)
                .maxRetries(retries)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    private static MessageCreateParams.Builder ask(String text) {
        return MessageCreateParams.builder()
                .model("claude-opus-5-5")
                .maxTokens(100)
                .system("Be brief.")
                .addUserMessage(text);
    }

    private Message say(MessageCreateParams.Builder params) {
        return client.messages().create(params.build()).validate();
    }

    private static String text(Message message) {
        return message.content().getLast().asText().text();
    }

    @Test
    void answersWithTheUsersOwnWords() {
        Message message = say(ask("nonce-4711 ünïcödé"));
        assertTrue(message.id().startsWith("msg_"));
        assertEquals("claude-opus-5-5", message.model().asString());
        assertEquals("You said: nonce-4711 ünïcödé", text(message));
        assertEquals(StopReason.END_TURN, message.stopReason().orElseThrow());
        assertTrue(message.usage().inputTokens() > 0 && message.usage().outputTokens() > 0);
    }

    @Test
    void isAskedInTheVersionThatTheSdkSpeaks() {
        var _ = say(ask("hi"));
        assertEquals(Optional.of("2026-10-21"), simulator.calls().getFirst().header("anthropic-version"));
        assertTrue(simulator.calls().getFirst().header("authorization").isPresent());
    }

    @Test
    void streamsWhatItWouldHaveAnsweredWithItsThoughts() {
        MessageCreateParams.Builder params =
                ask("one two three").thinking(ThinkingConfigAdaptive.builder().build());
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params.build())) {
            stream.stream().forEach(event -> {
                var _ = accumulator.accumulate(event.validate());
            });
        }
        Message streamed = accumulator.message();
        Message whole = say(params);
        assertEquals(text(whole), text(streamed));
        assertEquals(
                whole.content().getFirst().asThinking().thinking(),
                streamed.content().getFirst().asThinking().thinking());
        assertEquals(whole.stopReason(), streamed.stopReason());
        assertEquals(whole.usage().outputTokens(), streamed.usage().outputTokens());
    }

    @Test
    void stopsAtTheTokenLimitAndAtStopTexts() {
        assertEquals(
                StopReason.MAX_TOKENS,
                say(ask("a long story indeed").maxTokens(2)).stopReason().orElseThrow());
        Message stopped = say(ask("before END after").addStopSequence("END"));
        assertEquals("You said: before ", text(stopped));
        assertEquals("END", stopped.stopSequence().orElseThrow());
    }

    private static MessageCreateParams.Builder askForTool() {
        Tool weather = Tool.builder()
                .name("weather")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty(
                                        "unit", JsonValue.from(Map.of("type", "string", "enum", List.of("celsius"))))
                                .build())
                        .build())
                .build();
        return ask("Rome").addTool(weather).toolChoice(ToolChoiceAny.builder().build());
    }

    @Test
    void callsAToolWhenItMustAndReadsItsResult() {
        Message message = say(askForTool());
        assertEquals(StopReason.TOOL_USE, message.stopReason().orElseThrow());
        ToolUseBlock call = message.content().getFirst().asToolUse();
        assertEquals("weather", call.name());
        assertEquals(JsonValue.from(Map.of("unit", "celsius")), call._input());

        var result = ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content("sunny")
                .build();
        Message after = say(ask("Rome")
                .addMessage(message)
                .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolResult(result))));
        assertEquals("You said: sunny", text(after));
    }

    @Test
    void refusesAResultThatNoCallWaitsFor() {
        var result = ToolResultBlockParam.builder()
                .toolUseId("toolu_0")
                .content("sunny")
                .build();
        assertThrows(
                BadRequestException.class,
                () -> say(ask("Rome")
                        .addAssistantMessage("I cannot.")
                        .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolResult(result)))));
    }

    @Test
    void streamsAToolCall() {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (var stream = client.messages().createStreaming(askForTool().build())) {
            stream.stream().forEach(event -> {
                var _ = accumulator.accumulate(event);
            });
        }
        assertEquals(
                JsonValue.from(Map.of("unit", "celsius")),
                accumulator.message().content().getFirst().asToolUse()._input());
    }

    @Test
    void takesImages() {
        var image = ImageBlockParam.builder()
                .source(UrlImageSource.builder()
                        .url("https://example.com/cat.png")
                        .build())
                .build();
        var words = TextBlockParam.builder().text("What is this?").build();
        Message message = say(MessageCreateParams.builder()
                .model("claude-opus-5-5")
                .maxTokens(100)
                .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofImage(image), ContentBlockParam.ofText(words))));
        assertEquals("You said: What is this?", text(message));
    }

    /** The SDK derives a JSON Schema from this record and reads the answer back into one. */
    record City(String name, int people) {}

    @Test
    void answersInTheShapeOfASchema() {
        var params = ask("Rome").outputConfig(City.class).build();
        City city = client.messages().create(params).content().stream()
                .flatMap(block -> block.text().stream())
                .findFirst()
                .orElseThrow()
                .text();
        assertEquals(new City("You said: Rome", 1), city);
    }

    @Test
    void refusesAWrongKeyAnUnknownModelAndAFieldThatIsGone() {
        AnthropicClient stranger = client("sk-bad", 0);
        try {
            assertThrows(
                    UnauthorizedException.class,
                    () -> stranger.messages().create(ask("hi").build()));
        } finally {
            stranger.close();
        }
        assertThrows(NotFoundException.class, () -> say(ask("hi").model("claude-0")));
        var refused = assertThrows(
                BadRequestException.class,
                () -> say(ask("hi").putAdditionalBodyProperty("temperature", JsonValue.from(0.5))));
        assertEquals("invalid_request_error", refused.type().orElseThrow().asString());
    }

    @Test
    void raisesARateLimitThatSaysWhenToComeBack() {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofSeconds(7)));
        var refused = assertThrows(RateLimitException.class, () -> say(ask("hi")));
        assertEquals(List.of("7"), refused.headers().values("retry-after"));
    }

    @Test
    void tellsWhatIsLeftOfTheLimit() {
        simulator.change(now -> now.withRequestsPerMinute(1));
        var _ = say(ask("the one"));
        var refused = assertThrows(RateLimitException.class, () -> say(ask("one too many")));
        assertEquals(List.of("0"), refused.headers().values("anthropic-ratelimit-requests-remaining"));
    }

    @Test
    void isOverloadedInAnthropicsWay() {
        simulator.failNext(new Fault.Status(529));
        AnthropicServiceException refused = assertThrows(InternalServerException.class, () -> say(ask("hi")));
        assertEquals(529, refused.statusCode());
        assertEquals("overloaded_error", refused.type().orElseThrow().asString());
    }

    @Test
    void letsTheSdkRetryUntilItSucceeds() {
        simulator.failNext(new Fault.Status(529, RetryAfter.ofMillis(1)), 2);
        AnthropicClient patient = client("sk-good", 2);
        try {
            assertEquals(
                    "You said: third time",
                    text(patient.messages().create(ask("third time").build())));
        } finally {
            patient.close();
        }
        assertEquals(2, simulator.statistics().withStatus(529));
    }
}
