package io.genapi.simulator.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatModelTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static ChatReply reply(String body) {
        ParsedChat parsed = new ChatRequestReader().read(body.getBytes(StandardCharsets.UTF_8));
        return new ChatModel().reply(assertInstanceOf(ChatRequest.class, parsed));
    }

    @Test
    void repeatsTheTextPartsOfTheLastUserMessage() {
        assertEquals("You said: a\nb", reply("""
                {"model":"m","messages":[{"role":"user","content":"old"},
                 {"role":"user","content":[{"type":"text","text":"a"},
                  {"type":"image_url","image_url":{"url":"data:"}},{"type":"text","text":"b"}]},
                 {"role":"assistant","content":null}]}""").text());
    }

    @Test
    void repeatsTheEndsOfAVeryLongText() {
        String text = reply("""
                {"model":"m","messages":[{"role":"user","content":"head-%s-tail"}]}""".formatted("x".repeat(1_000_000))).text();
        assertTrue(text.startsWith("You said: head-") && text.endsWith("-tail") && text.length() < 70_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "one two", "  \n\t spaced   out  ", "longerthansixcharacters", "😀😀😀😀😀😀😀😀é漢字"})
    void tokensJoinToTheTextAgain(String text) {
        assertEquals(text, String.join("", Tokens.split(text)));
        assertEquals(Tokens.split(text).size(), Tokens.count(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"object","properties":{"a":{"type":"integer","minimum":5},"b":{"type":["string","null"]}}} | {"a":5,"b":"T"}
                    {"type":"array","items":{"enum":["x","y"]},"minItems":2}                                           | ["x","x"]
                    {"$ref":"#/$defs/n","$defs":{"n":{"type":"boolean"}}}                                              | true
                    {"anyOf":[{"type":"null"},{"type":"string"}]}                                                      | null
                    {"type":"string","maxLength":0}                                                                    | ""
                    {"const":{"k":1}}                                                                                  | {"k":1}
                    """)
    void samplesASchema(String schema, String expected) {
        assertEquals(
                expected, new SchemaSample(JSON.readTree(schema), "T").value().toString());
    }

    @Test
    void samplesARecursiveSchemaToItsFirstLevels() {
        String schema = """
                {"type":"object","properties":{"a":{"$ref":"#"},"b":{"$ref":"#"},"c":{"$ref":"#"},"d":{"$ref":"#"}},
                 "required":["a","b","c","d"]}""";
        String sample = new SchemaSample(JSON.readTree(schema), "T").value().toString();
        assertTrue(JSON.readTree(sample).path("a").path("b").isObject());
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "17, 17ms", "8640, 8.64s", "360000, 6m0s", "61500, 1m1.5s"})
    void writesResetTimesAsOpenAiDoes(long millis, String expected) {
        assertEquals(expected, OpenAiDialect.resetTime(Duration.ofMillis(millis)));
    }
}
