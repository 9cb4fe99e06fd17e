package io.genapi.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionCallingConfigMode;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import com.google.genai.types.Type;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the simulator to Google's own client: what it reads and raises is what the API promises. */
class GeminiSdkTest {

    private static final String MODEL = "gemini-2.5-flash";
    private static final GenerateContentConfig PLAIN =
            GenerateContentConfig.builder().build();

    private final VendorSimulator simulator =
            VendorSimulator.start(SimulatorOptions.PLAIN.withKeys("good").withModels(MODEL, "gemini-3-pro"));
    private final Client client = client("good");

    private Client client(String key) {
        return Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl("http://127.0.0.1:" + simulator.port())
                        .apiVersion("v1beta")
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    private GenerateContentResponse ask(String text, GenerateContentConfig config) {
        return client.models.generateContent(MODEL, text, config);
    }

    private static List<Part> parts(GenerateContentResponse response) {
        return response.candidates()
                .orElseThrow()
                .getFirst()
                .content()
                .orElseThrow()
                .parts()
                .orElseThrow();
    }

    @Test
    void answersWithTheUsersOwnWords() {
        GenerateContentResponse response = ask("nonce-4711 ünïcödé", PLAIN);
        assertEquals("You said: nonce-4711 ünïcödé", response.text());
        assertEquals(FinishReason.Known.STOP, response.finishReason().knownEnum());
        assertEquals(MODEL, response.modelVersion().orElseThrow());
        var usage = response.usageMetadata().orElseThrow();
        assertEquals(
                usage.totalTokenCount().orElseThrow(),
                usage.promptTokenCount().orElseThrow()
                        + usage.candidatesTokenCount().orElseThrow());
    }

    @Test
    void streamsWhatItWouldHaveAnswered() {
        StringBuilder text = new StringBuilder();
        List<GenerateContentResponse> events = new ArrayList<>();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, "one two three four", PLAIN)) {
            for (GenerateContentResponse event : stream) {
                events.add(event);
                text.append(event.text());
            }
        }
        GenerateContentResponse whole = ask("one two three four", PLAIN);
        assertEquals(whole.text(), text.toString());
        assertEquals(whole.usageMetadata(), events.getLast().usageMetadata());
        assertEquals(FinishReason.Known.STOP, events.getLast().finishReason().knownEnum());
    }

    @Test
    void tellsItsThoughtsWhereTheyAreWanted() {
        GenerateContentResponse response = ask(
                "hi",
                GenerateContentConfig.builder()
                        .thinkingConfig(
                                ThinkingConfig.builder().includeThoughts(true).build())
                        .build());
        assertTrue(parts(response).getFirst().thought().orElseThrow());
        assertTrue(response.usageMetadata().orElseThrow().thoughtsTokenCount().orElseThrow() > 0);
    }

    @Test
    void looksAtImagesWithoutRepeatingThem() {
        Content turn = Content.fromParts(Part.fromText("What is it?"), Part.fromBytes(new byte[100], "image/png"));
        assertEquals(
                "You said: What is it?",
                client.models.generateContent(MODEL, turn, PLAIN).text());
    }

    @Test
    void stopsAtTheTokenLimitAndAtStopTextsAndGivesSeveralCandidates() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .maxOutputTokens(2)
                .candidateCount(2)
                .build();
        GenerateContentResponse cut = ask("a long story indeed", config);
        assertEquals(2, cut.candidates().orElseThrow().size());
        assertEquals(FinishReason.Known.MAX_TOKENS, cut.finishReason().knownEnum());
        assertEquals(
                "You said: before ",
                ask(
                                "before END after",
                                GenerateContentConfig.builder()
                                        .stopSequences("END")
                                        .build())
                        .text());
    }

    @Test
    void answersInTheShapeOfASchema() {
        GenerateContentConfig.Builder json = GenerateContentConfig.builder().responseMimeType("application/json");
        assertEquals(
                "{\"answer\":\"You said: Rome\"}", ask("Rome", json.build()).text());
        Schema schema = Schema.builder()
                .type(Type.Known.OBJECT)
                .properties(Map.of(
                        "people", Schema.builder().type(Type.Known.INTEGER).build()))
                .build();
        assertEquals(
                "{\"people\":1}",
                ask("Rome", json.responseSchema(schema).build()).text());
    }

    private static GenerateContentConfig.Builder weatherTool() {
        return GenerateContentConfig.builder()
                .tools(Tool.builder()
                        .functionDeclarations(FunctionDeclaration.builder()
                                .name("weather")
                                .parametersJsonSchema(Map.of(
                                        "type", "object", "properties", Map.of("unit", Map.of("enum", List.of("C")))))
                                .build())
                        .build());
    }

    @Test
    void callsAToolWhenItMustAndTakesItsResult() {
        GenerateContentResponse called = ask(
                "Rome",
                weatherTool()
                        .toolConfig(ToolConfig.builder()
                                .functionCallingConfig(FunctionCallingConfig.builder()
                                        .mode(FunctionCallingConfigMode.Known.ANY)
                                        .build())
                                .build())
                        .build());
        FunctionCall call = parts(called).getFirst().functionCall().orElseThrow();
        assertEquals("weather", call.name().orElseThrow());
        assertEquals(Map.of("unit", "C"), call.args().orElseThrow());

        List<Content> turns = List.of(
                Content.builder().role("user").parts(Part.fromText("Rome")).build(),
                called.candidates().orElseThrow().getFirst().content().orElseThrow(),
                Content.builder()
                        .role("user")
                        .parts(Part.builder()
                                .functionResponse(FunctionResponse.builder()
                                        .id(call.id().orElseThrow())
                                        .name("weather")
                                        .response(Map.of("output", "sunny"))
                                        .build())
                                .build())
                        .build());
        assertEquals(
                "You said: Rome",
                client.models
                        .generateContent("gemini-3-pro", turns, weatherTool().build())
                        .text());
        var missing = assertThrows(
                ClientException.class,
                () -> client.models.generateContent(
                        MODEL, turns.subList(0, 2).reversed(), weatherTool().build()));
        assertEquals(400, missing.code());
    }

    @Test
    void takesNoUnsignedCallsBackWhereTheModelSignsThem() {
        List<Content> turns = List.of(
                Content.builder().role("user").parts(Part.fromText("x")).build(),
                Content.builder()
                        .role("model")
                        .parts(Part.fromFunctionCall("weather", Map.of()))
                        .build(),
                Content.builder()
                        .role("user")
                        .parts(Part.fromFunctionResponse("weather", Map.of()))
                        .build());
        var refused =
                assertThrows(ClientException.class, () -> client.models.generateContent("gemini-3-pro", turns, PLAIN));
        assertTrue(refused.message().contains("thought_signature"), refused.message());
    }

    @Test
    void listsAndShowsItsModels() {
        List<String> names = new ArrayList<>();
        for (Model model : client.models.list(ListModelsConfig.builder().build())) {
            names.add(model.name().orElseThrow());
        }
        assertEquals(List.of("models/" + MODEL, "models/gemini-3-pro"), names);
        assertEquals("models/" + MODEL, client.models.get(MODEL, null).name().orElseThrow());
    }

    @Test
    void refusesAWrongKeyAndAnUnknownModelAndAWrongField() {
        try (Client stranger = client("bad")) {
            var refused =
                    assertThrows(ClientException.class, () -> stranger.models.generateContent(MODEL, "hi", PLAIN));
            assertEquals(400, refused.code());
            assertTrue(refused.message().contains("API key not valid"), refused.message());
        }
        assertEquals(
                404,
                assertThrows(ClientException.class, () -> client.models.generateContent("gemini-0", "hi", PLAIN))
                        .code());
        var six = GenerateContentConfig.builder()
                .stopSequences("1", "2", "3", "4", "5", "6")
                .build();
        assertEquals(
                "INVALID_ARGUMENT",
                assertThrows(ClientException.class, () -> ask("hi", six)).status());
    }

    @Test
    void failsAsItWasTold() {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofMillis(1)), 1);
        simulator.failNext(new Fault.Status(503), 1);
        assertEquals(
                "RESOURCE_EXHAUSTED",
                assertThrows(ClientException.class, () -> ask("hi", PLAIN)).status());
        assertEquals(
                "UNAVAILABLE",
                assertThrows(ServerException.class, () -> ask("hi", PLAIN)).status());
    }
}
