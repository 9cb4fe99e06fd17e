package io.genapi.worker.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.genapi.schemas.job.ModelName;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.StreamTranslation.End;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pairs of what is said and how it is translated, each held to the types of the SDK of the side that it is for. */
class GoldenTest {

    private static final Path CASES = Path.of("src/test/resources/dialect/anthropic");
    private static final Pattern EMPTY_LINE = Pattern.compile("\n\n");
    private static final JsonMapper JSON = new JsonMapper();

    private final AnthropicDialect dialect = new AnthropicDialect();

    static Stream<Path> answered() throws IOException {
        return cases("request.openai.json");
    }

    static Stream<Path> streamed() throws IOException {
        return cases("stream.vendor.sse");
    }

    private static Stream<Path> cases(String file) throws IOException {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.filter(directory -> Files.exists(directory.resolve(file))).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("answered")
    void translatesTheRequest(Path directory) throws Exception {
        String request = read(directory.resolve("request.openai.json"));
        assertEquals(
                Optional.empty(),
                dialect.objection(
                        Samples.body(request), AnthropicSamples.candidate(false).vendor()));
        VendorRequest translated =
                dialect.request(Samples.call(AnthropicSamples.candidate(false), request, Duration.ofSeconds(1)));
        assertEquals(URI.create("https://api.anthropic.com/v1/messages"), translated.uri());
        JsonNode body = JSON.readTree(translated.body());
        assertSame(directory.resolve("request.vendor.json"), body);
        SdkCheck.assertKnown(com.anthropic.core.ObjectMappers.jsonMapper()
                .readValue(translated.body(), MessageCreateParams.Body.class)
                .validate());
    }

    @ParameterizedTest
    @MethodSource("answered")
    void translatesTheAnswer(Path directory) throws Exception {
        byte[] answer = Files.readAllBytes(directory.resolve("response.vendor.json"));
        Message message = com.anthropic.core.ObjectMappers.jsonMapper()
                .readValue(answer, Message.class)
                .validate();
        SdkCheck.assertKnown(message);
        Completed completed = assertInstanceOf(
                Completed.class, dialect.outcome(new VendorResponse(200, Map.of(), answer, Samples.NOW)));
        byte[] completion = completed.completion().withModel(new ModelName("claude"));
        assertSame(directory.resolve("response.openai.json"), JSON.readTree(completion));
        var _ = com.openai.core.ObjectMappers.jsonMapper()
                .readValue(completion, ChatCompletion.class)
                .validate();
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void translatesTheStream(Path directory) throws Exception {
        AnthropicStream stream = new AnthropicStream(Samples.NOW);
        ArrayNode chunks = JSON.createArrayNode();
        for (String event : EMPTY_LINE
                .splitAsStream(read(directory.resolve("stream.vendor.sse")))
                .toList()) {
            List<String> lines = event.lines().toList();
            stream.event(
                            lines.get(0).substring("event: ".length()),
                            lines.get(1).substring("data: ".length()))
                    .forEach(chunks::add);
        }
        stream.close().forEach(chunks::add);
        End end = stream.end().orElseThrow();
        ObjectNode heard = JSON.createObjectNode().put("end", end(end));
        heard.set("chunks", chunks);
        assertSame(directory.resolve("stream.openai.json"), heard);
        for (JsonNode chunk : chunks) {
            var _ = com.openai.core.ObjectMappers.jsonMapper()
                    .readValue(chunk.toString(), ChatCompletionChunk.class)
                    .validate();
        }
    }

    private static String end(End end) {
        return switch (end) {
            case End.Whole() -> "whole";
            case End.Failed(var outcome) -> outcome.reason();
        };
    }

    private static void assertSame(Path golden, JsonNode actual) throws IOException {
        assertTrue(Files.exists(golden), () -> golden + " is to hold " + actual.toPrettyString());
        assertEquals(JSON.readTree(read(golden)).toPrettyString(), actual.toPrettyString());
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }
}
