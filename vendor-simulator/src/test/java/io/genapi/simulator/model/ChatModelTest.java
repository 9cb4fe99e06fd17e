package io.genapi.simulator.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.model.ChatReply.Ending;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatModelTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static ChatReply reply(String text, OptionalInt maxTokens, String... stop) {
        return new ChatModel().reply(new Prompt(text, maxTokens, List.of(stop), new Prompt.Form.Text()));
    }

    @Test
    void repeatsTheEndsOfAVeryLongText() {
        String text = reply("head-%s-tail".formatted("x".repeat(1_000_000)), OptionalInt.empty())
                .text();
        assertTrue(text.startsWith("You said: head-") && text.endsWith("-tail") && text.length() < 70_000);
    }

    @Test
    void endsBeforeTheFirstOfTheStopTexts() {
        ChatReply reply = reply("one two three", OptionalInt.empty(), "three", "two", "four");
        assertEquals("You said: one ", reply.text());
        assertEquals(new Ending.AtStop("two"), reply.ending());
    }

    @Test
    void endsWhenItsTokensAreUsedUp() {
        assertEquals(
                new Ending.OutOfTokens(), reply("one two", OptionalInt.of(2)).ending());
        assertEquals(new Ending.Complete(), reply("one two", OptionalInt.of(20)).ending());
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
}
