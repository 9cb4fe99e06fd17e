package io.genapi.gateway.responses.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ResponseRequestReaderTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "responses", "requests");
    private static final JsonMapper JSON = JsonMapper.shared();

    static List<Path> cases() throws IOException {
        try (Stream<Path> cases = Files.list(GOLDEN)) {
            return cases.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSaidInAChatCompletionsWords(Path golden) {
        ResponseRequest request = valid(read(golden.resolve("request.response.json")));

        byte[] body = request.body(List.of());

        assertEquals(JSON.readTree(read(golden.resolve("request.chat.json"))), JSON.readTree(body));
        assertInstanceOf(ChatRequestReading.Valid.class, ChatRequestReader.read(body));
        assertEquals(
                JSON.readTree(read(golden.resolve("echo.json"))),
                JSON.readTree(request.echo().json()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"input":"x","tools":[{"type":"web_search"}]} | tools[0].type | unsupported_parameter
            {"input":"x","tools":[{"type":"function"}]} | tools[0].name | missing_required_parameter
            {"input":"x","tools":{}} | tools | invalid_value
            {"input":"x","tool_choice":"maybe"} | tool_choice | invalid_value
            {"input":"x","tool_choice":{"type":"file_search"}} | tool_choice.type | unsupported_parameter
            {"input":"x","include":["reasoning.encrypted_content"]} | include[0] | unsupported_parameter
            {"input":"x","conversation":"conv_1"} | conversation | unsupported_parameter
            {"input":"x","prompt":{"id":"pmpt_1"}} | prompt | unsupported_parameter
            {"input":"x","truncation":"auto"} | truncation | unsupported_parameter
            {"input":"x","truncation":"some"} | truncation | invalid_value
            {"input":"x","reasoning":{"summary":"auto"}} | reasoning.summary | unsupported_parameter
            {"input":"x","reasoning":{"depth":3}} | reasoning.depth | unknown_parameter
            {"input":"x","stream_options":{"include_obfuscation":true}} | stream_options.include_obfuscation | unsupported_parameter
            {"input":"x","background":true,"store":false} | store | invalid_value
            {"input":"x","background":"yes"} | background | invalid_value
            {"input":"x","max_output_tokens":1.5} | max_output_tokens | invalid_value
            {"input":"x","metadata":{"a":1}} | metadata.a | invalid_value
            {"input":"x","text":{"format":{"type":"xml"}}} | text.format.type | invalid_value
            {"input":"x","text":{"format":{"type":"json_schema","name":"a"}}} | text.format.schema | invalid_value
            {"input":"x","messages":[]} | messages | unknown_parameter
            {"input":[]} | input | invalid_value
            {"input":7} | input | invalid_value
            {} | input | missing_required_parameter
            {"input":[{"role":"robot","content":"x"}]} | input[0].role | invalid_value
            {"input":[{"type":"item_reference","id":"msg_1"}]} | input[0].type | unsupported_parameter
            {"input":[{"type":"web_search_call","id":"ws_1"}]} | input[0].type | unsupported_parameter
            {"input":[{"type":"function_call","name":"f","arguments":"{}"}]} | input[0].call_id | missing_required_parameter
            {"input":[{"role":"user","content":[{"type":"input_image","file_id":"file_1"}]}]} | input[0].content[0].file_id | unsupported_parameter
            {"input":[{"role":"user","content":[{"type":"input_file","file_url":"https://a/b"}]}]} | input[0].content[0].file_url | unsupported_parameter
            {"input":[{"role":"user","content":[{"type":"smell"}]}]} | input[0].content[0].type | unsupported_parameter
            {"input":[{"type":"function_call_output","call_id":"c","output":[{"type":"input_image"}]}]} | input[0].output[0].type | unsupported_parameter
            """)
    void whatCannotBeSaidIsNamed(String json, String field, String code) {
        ApiError error = error(json.getBytes(UTF_8));

        assertEquals(400, error.status());
        assertEquals(field, error.param().orElse(""));
        assertEquals(code, error.code().orElse(""));
        assertTrue(error.message().contains("'" + field + "'"), error.message());
    }

    @Test
    void whatIsNoJsonObjectIsSaidToBeSo() {
        for (String json : List.of("", "[]", "nonsense", "{\"input\":\"x\"} {}", "{\"input\":\"x\",\"input\":\"y\"}")) {
            assertEquals("invalid_json", error(json.getBytes(UTF_8)).code().orElse(""), json);
        }
    }

    @Test
    void historyStandsBetweenTheInstructionsAndTheInput() {
        ResponseRequest request = valid("""
                {"model":"m","instructions":"be short","input":"and now?","previous_response_id":"resp_1"}""".getBytes(UTF_8));

        byte[] body = request.body(List.of(JSON.readTree("{\"role\":\"user\",\"content\":\"then\"}")));

        assertEquals("resp_1", request.previous().orElse(""));
        assertEquals(JSON.readTree("""
                [{"role":"system","content":"be short"},{"role":"user","content":"then"},
                 {"role":"user","content":"and now?"}]"""), JSON.readTree(body).path("messages"));
    }

    @Test
    void halfASurrogatePairStaysAsItWasNamed() {
        ResponseRequest request = valid("{\"model\":\"m\",\"input\":\"half \\ud83d gr\\u00fc\u00df\"}".getBytes(UTF_8));

        assertEquals(
                "half \ud83d gr\u00fc\u00df",
                JSON.readTree(request.body(List.of())).at("/messages/0/content").asString());
    }

    @Test
    void nothingButAnErrorComesOfRubbish() throws IOException {
        Random random = new Random(17);
        for (Path golden : cases()) {
            byte[] good = read(golden.resolve("request.response.json"));
            for (int round = 0; round < 300; round++) {
                byte[] bad = good.clone();
                for (int change = 0; change <= random.nextInt(4); change++) {
                    bad[random.nextInt(bad.length)] = "\"{}[]:,01ntfa\\ ".getBytes(UTF_8)[random.nextInt(15)];
                }
                if (ResponseRequestReader.read(bad) instanceof ResponseReading.Valid(ResponseRequest request)) {
                    ChatRequestReader.read(request.body(List.of()));
                }
            }
        }
    }

    private static ResponseRequest valid(byte[] json) {
        return assertInstanceOf(ResponseReading.Valid.class, ResponseRequestReader.read(json))
                .request();
    }

    private static ApiError error(byte[] json) {
        return assertInstanceOf(ResponseReading.Invalid.class, ResponseRequestReader.read(json))
                .error();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
