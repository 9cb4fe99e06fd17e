package io.genapi.worker.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.types.GenerationConfig;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.error.ApiError;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.anthropic.AnthropicDialect;
import io.genapi.worker.dialect.gemini.GeminiDialect;
import io.genapi.worker.dialect.openai.AzureOpenAiDialect;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every feature of a request, as OpenAI's own SDK writes it, and what each dialect makes of it. */
class FeatureCorpusTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{}}}},{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";

    /**
     * Each with what becomes of it at Anthropic and at Gemini: the pointer to where the vendor finds it, {@code !} and the
     * field that is objected to, or {@code -} where there is nothing to say.
     */
    private static final String FEATURES = """
            "temperature":0.5                         | !temperature                           | /generationConfig/temperature=0.5
            "top_p":0.25                              | !top_p                                 | /generationConfig/topP=0.25
            "frequency_penalty":0.5                   | !frequency_penalty                     | /generationConfig/frequencyPenalty=0.5
            "presence_penalty":-0.5                   | !presence_penalty                      | /generationConfig/presencePenalty=-0.5
            "seed":7                                  | !seed                                  | /generationConfig/seed=7
            "n":2                                     | !n                                     | /generationConfig/candidateCount=2
            "logprobs":true                           | !logprobs                              | /generationConfig/responseLogprobs=true
            "logprobs":true,"top_logprobs":2          | !logprobs                              | /generationConfig/logprobs=2
            "stop":"END"                              | /stop_sequences/0="END"                | /generationConfig/stopSequences/0="END"
            "stop":["A","B"]                          | /stop_sequences/1="B"                  | /generationConfig/stopSequences/1="B"
            "max_tokens":9                            | /max_tokens=9                          | /generationConfig/maxOutputTokens=9
            "max_completion_tokens":9                 | /max_tokens=9                          | /generationConfig/maxOutputTokens=9
            "reasoning_effort":"high"                 | /output_config/effort="high"           | /generationConfig/thinkingConfig/thinkingLevel="high"
            "reasoning_effort":"minimal"              | !reasoning_effort                      | /generationConfig/thinkingConfig/thinkingLevel="minimal"
            "reasoning_effort":"none"                 | /thinking/type="disabled"              | /generationConfig/thinkingConfig/thinkingBudget=0
            "response_format":{"type":"text"}         | -                                      | -
            "response_format":{"type":"json_object"}  | /system/0/type="text"                  | /generationConfig/responseMimeType="application/json"
            "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}} | /output_config/format/schema/type="object" | /generationConfig/responseJsonSchema/type="object"
            TOOLS                                     | /tools/1/name="g"                      | /tools/0/functionDeclarations/1/name="g"
            TOOLS,"tool_choice":"auto"                | /tool_choice/type="auto"               | /toolConfig/functionCallingConfig/mode="AUTO"
            TOOLS,"tool_choice":"none"                | /tool_choice/type="none"               | /toolConfig/functionCallingConfig/mode="NONE"
            TOOLS,"tool_choice":"required"            | /tool_choice/type="any"                | /toolConfig/functionCallingConfig/mode="ANY"
            TOOLS,"tool_choice":{"type":"function","function":{"name":"g"}} | /tool_choice/name="g" | /toolConfig/functionCallingConfig/allowedFunctionNames/0="g"
            TOOLS,"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"g"}}]}} | !tool_choice | /toolConfig/functionCallingConfig/allowedFunctionNames/0="g"
            TOOLS,"parallel_tool_calls":false         | /tool_choice/disable_parallel_tool_use=true | !parallel_tool_calls
            TOOLS,"parallel_tool_calls":true          | /tools/0/name="f"                      | /tools/0/functionDeclarations/0/name="f"
            "tools":[{"type":"custom","custom":{"name":"c"}}] | !tools                         | !tools
            "user":"u-1"                              | /metadata/user_id="u-1"                | !user
            "safety_identifier":"u-1"                 | /metadata/user_id="u-1"                | !safety_identifier
            "service_tier":"flex"                     | /service_tier="standard_only"          | /serviceTier="flex"
            "logit_bias":{"5":1}                      | !logit_bias                            | !logit_bias
            "metadata":{"a":"b"}                      | !metadata                              | !metadata
            "store":true                              | !store                                 | !store
            "modalities":["text","audio"]             | !modalities                            | !modalities
            "prediction":{"type":"content","content":"x"} | !prediction                        | !prediction
            "verbosity":"low"                         | !verbosity                             | !verbosity
            "web_search_options":{}                   | !web_search_options                    | !web_search_options
            """;

    private static Dialect named(String dialect) {
        return switch (dialect) {
            case "openai" -> new OpenAiDialect();
            case "azure-openai" -> new AzureOpenAiDialect();
            case "anthropic" -> new AnthropicDialect();
            case "gemini" -> new GeminiDialect();
            default -> throw new AssertionError(dialect);
        };
    }

    private static Candidate candidate(String dialect) {
        return Samples.catalog("""
                vendors:
                  only: { dialect: %s, base-url: "https://vendor.example/openai/v1" }
                models:
                  gpt-4o: [{ vendor: only, model: gemini-3-flash }]
                """.formatted(dialect)).candidates(Samples.MODEL).getFirst();
    }

    private static Optional<ApiError> objection(String dialect, String request) {
        return named(dialect)
                .objection(Samples.body(request), candidate(dialect).vendor());
    }

    private static JsonNode sent(String dialect, String request) {
        assertEquals(Optional.empty(), objection(dialect, request));
        return JSON.readTree(named(dialect)
                .request(Samples.call(candidate(dialect), request, Duration.ofSeconds(1)))
                .body());
    }

    private static ObjectNode renamed(String request) {
        return ((ObjectNode) JSON.readTree(request)).put("model", "gemini-3-flash");
    }

    /** Fails if OpenAI's SDK does not know a part of it. */
    @SuppressWarnings("deprecation") // Nothing else in the SDK tells what it did not know.
    private static String throughSdk(String request) throws IOException {
        ChatCompletionCreateParams.Body body =
                ObjectMappers.jsonMapper().readValue(request, ChatCompletionCreateParams.Body.class);
        assertEquals(Map.of(), body.validate()._additionalProperties());
        String written = ObjectMappers.jsonMapper().writeValueAsString(body);
        assertEquals(JSON.readTree(request), JSON.readTree(written));
        return written;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = FEATURES)
    void isSaidOrObjectedToAndNeverSilentlyChanged(String feature, String anthropic, String gemini) throws Exception {
        String request = throughSdk(with(feature.replace("TOOLS", TOOLS), Samples.BODY));
        assertEquals(renamed(request), sent("openai", request));
        assertEquals(renamed(request), sent("azure-openai", request));
        becomes(anthropic, "anthropic", request)
                .ifPresent(body -> read(() -> com.anthropic.core.ObjectMappers.jsonMapper()
                        .readValue(body.toString(), MessageCreateParams.Body.class)
                        .validate()));
        becomes(gemini, "gemini", request)
                .map(body -> body.path("generationConfig"))
                .filter(JsonNode::isObject)
                .ifPresent(config -> assertEquals(
                        config,
                        JSON.readTree(
                                GenerationConfig.fromJson(config.toString()).toJson())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = FEATURES)
    void isSaidOrObjectedToInTheSameWayWhereTheAnswerIsStreamed(String feature) throws Exception {
        String whole = throughSdk(with(feature.replace("TOOLS", TOOLS), Samples.BODY));
        for (String options : List.of("{}", "{\"include_usage\":true}", "{\"include_obfuscation\":false}")) {
            String streamed = streamed(throughSdk(with("\"stream_options\":" + options, whole)));
            ObjectNode passed = renamed(streamed);
            passed.withObjectProperty("stream_options").put("include_usage", true);
            assertEquals(passed, sentAsStream("openai", streamed));
            assertEquals(passed, sentAsStream("azure-openai", streamed));
            for (String dialect : List.of("anthropic", "gemini")) {
                Optional<ApiError> objection = objection(dialect, whole);
                assertEquals(objection, objection(dialect, streamed));
                if (objection.isEmpty()) {
                    ObjectNode same = (ObjectNode) sent(dialect, whole);
                    assertEquals(
                            dialect.equals("anthropic") ? same.put("stream", true) : same,
                            sentAsStream(dialect, streamed));
                }
            }
        }
    }

    /** As the SDK's {@code createStreaming} does it: {@code stream} is no field of its types. */
    private static String streamed(String request) throws IOException {
        return ObjectMappers.jsonMapper()
                .writeValueAsString(
                        ObjectMappers.jsonMapper().readValue(request, ChatCompletionCreateParams.Body.class).toBuilder()
                                .putAdditionalProperty("stream", JsonValue.from(true))
                                .build());
    }

    private static JsonNode sentAsStream(String dialect, String request) {
        assertEquals(Optional.empty(), objection(dialect, request));
        return JSON.readTree(named(dialect)
                .streamRequest(Samples.call(candidate(dialect), request, Duration.ofSeconds(1)))
                .body());
    }

    private static String with(String field, String request) {
        return "{" + field + "," + request.substring(1);
    }

    private static Optional<JsonNode> becomes(String expected, String dialect, String request) {
        if (expected.startsWith("!")) {
            ApiError error = objection(dialect, request).orElseThrow();
            assertEquals(400, error.status());
            assertTrue(error.param().orElseThrow().startsWith(expected.substring(1)), error.toString());
            return Optional.empty();
        }
        JsonNode body = sent(dialect, request);
        if (expected.startsWith("/")) {
            int equals = expected.indexOf('=');
            assertEquals(
                    JSON.readTree(expected.substring(equals + 1)),
                    body.at(expected.substring(0, equals)),
                    body::toString);
        }
        return Optional.of(body);
    }

    @FunctionalInterface
    private interface Reading {
        Object read() throws IOException;
    }

    private static void read(Reading reading) {
        try {
            var _ = reading.read();
        } catch (IOException unknown) {
            throw new AssertionError(unknown);
        }
    }

    static List<Path> conversations() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/dialect"))) {
            return files.filter(file -> file.endsWith("request.openai.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void passesThroughToThoseWhoSpeakOpenAis(Path file) throws Exception {
        String request = Files.readString(file, UTF_8).replaceFirst("\"model\": \"[^\"]*\"", "\"model\": \"gpt-4o\"");
        assertEquals(renamed(request), sent("openai", request));
        assertEquals(renamed(request), sent("azure-openai", request));
    }
}
