package io.genapi.worker.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerationConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.genapi.schemas.job.ModelName;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.StreamTranslation.End;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.dialect.gemini.answer.GeminiStream;
import io.genapi.worker.dialect.gemini.request.RequestTranslation;
import io.genapi.worker.dialect.gemini.request.Translation;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Holds the translation to pairs of files, and both halves of each pair to the vendors' own types. */
class GoldenTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    static List<String> cases() {
        return GoldenFiles.names("chat");
    }

    static List<String> streams() {
        return GoldenFiles.names("streams");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysEverythingOfARequest(String name) {
        JsonNode request = GoldenFiles.json("chat/" + name + "/request.openai.json");
        Translation translation = RequestTranslation.of(
                JSON.writeValueAsBytes(request), request.path("model").stringValue());
        assertEquals(Optional.empty(), translation.objection(false));
        assertSame("chat/" + name + "/request.vendor.json", translation.body());
    }

    /** What Google's SDK reads and writes again without a loss is what it knows. */
    @ParameterizedTest
    @MethodSource("cases")
    void asksInTheWordsOfGooglesSdk(String name) {
        JsonNode request = GoldenFiles.json("chat/" + name + "/request.vendor.json");
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "contents" ->
                    value.forEach(turn ->
                            assertKnown(turn, json -> Content.fromJson(json).toJson()));
                case "systemInstruction" ->
                    assertKnown(value, json -> Content.fromJson(json).toJson());
                case "tools" ->
                    value.forEach(tool ->
                            assertKnown(tool, json -> Tool.fromJson(json).toJson()));
                case "toolConfig" ->
                    assertKnown(value, json -> ToolConfig.fromJson(json).toJson());
                case "generationConfig" ->
                    assertKnown(value, json -> GenerationConfig.fromJson(json).toJson());
                default -> assertEquals("serviceTier=flex", field.getKey() + "=" + value.stringValue());
            }
        }
    }

    private static void assertKnown(JsonNode theirs, Function<String, String> throughSdk) {
        JsonNode back = JSON.readTree(throughSdk.apply(withoutPlaceholder(theirs.toString())));
        assertEquals(JSON.readTree(withoutPlaceholder(theirs.toString())), back);
    }

    /** The SDK writes signatures in the other alphabet of Base64, where the guide's placeholder cannot be said. */
    private static String withoutPlaceholder(String json) {
        return json.replace("skip_thought_signature_validator", "c2lnbmVk");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAnAnswerAsGooglesSdkDoes(String name) {
        JsonNode response = GoldenFiles.json("chat/" + name + "/response.vendor.json");
        assertKnown(response, json -> GenerateContentResponse.fromJson(json).toJson());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersInOpenAisWords(String name) throws Exception {
        String response = GoldenFiles.text("chat/" + name + "/response.vendor.json");
        Completed completed = assertInstanceOf(
                Completed.class,
                new GeminiDialect().outcome(new VendorResponse(200, Map.of(), response.getBytes(UTF_8), Samples.NOW)));
        JsonNode completion = JSON.readTree(completed.completion().withModel(new ModelName("mine")));
        assertSame("chat/" + name + "/response.openai.json", completion);
        ObjectMappers.jsonMapper()
                .readValue(completion.toString(), ChatCompletion.class)
                .validate();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsInOpenAisWords(String name) throws Exception {
        GeminiStream stream = new GeminiStream(Samples.NOW);
        ArrayNode chunks = JSON.createArrayNode();
        for (String event : GoldenFiles.text("streams/" + name + ".sse").strip().split("\n\n", -1)) {
            chunks.addAll(stream.event("message", event.substring("data: ".length())));
            assertEquals(Optional.empty(), stream.end());
        }
        chunks.addAll(stream.close());
        assertEquals(Optional.of(new End.Whole()), stream.end());
        assertSame("streams/" + name + ".chunks.json", chunks);
        for (JsonNode chunk : chunks) {
            ObjectMappers.jsonMapper()
                    .readValue(chunk.toString(), ChatCompletionChunk.class)
                    .validate();
        }
    }

    private static void assertSame(String file, JsonNode actual) {
        assertEquals(
                GoldenFiles.json(file).toPrettyString(),
                JSON.readTree(actual.toString()).toPrettyString());
    }
}
