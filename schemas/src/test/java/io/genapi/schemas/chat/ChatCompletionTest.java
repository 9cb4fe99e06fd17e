package io.genapi.schemas.chat;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Usage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCompletionTest {

    private static final ModelName MINE = new ModelName("mine");

    @Test
    void readsTheUsageAndPutsTheCallersModelInPlaceOfTheVendors() {
        String text = """
                { "id": "ü", "model" :  "gpt-4o-2024-08-06" , "choices":[{"message":{"model":"no","content":"日本"}}],
                  "usage": {"prompt_tokens": 9, "prompt_tokens_details": {"prompt_tokens": 1}, "completion_tokens": 2,
                            "total_tokens": 11} }
                """;
        ChatCompletion completion = read(text).orElseThrow();
        assertEquals(Optional.of(new Usage(9, 2)), completion.usage());
        assertEquals(text.replace("\"gpt-4o-2024-08-06\"", "\"mine\""), new String(completion.withModel(MINE), UTF_8));
    }

    @Test
    void staysAsItIsWithoutAModel() {
        byte[] bytes = "{\"choices\":[],\"model\":null,\"usage\":null}".getBytes(UTF_8);
        ChatCompletion completion = ChatCompletion.read(bytes).orElseThrow();
        assertSame(bytes, completion.withModel(MINE));
        assertEquals(Optional.empty(), completion.usage());
    }

    @Test
    void countsNothingWhereTheVendorCountedInAnotherForm() {
        assertEquals(
                Optional.of(new Usage(0, 0)),
                read("{\"choices\":[],\"usage\":{\"prompt_tokens\":\"9\",\"completion_tokens\":null}}")
                        .orElseThrow()
                        .usage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bad Gateway",
                "<html>",
                "[]",
                "null",
                "{}",
                "{\"error\":{\"message\":\"no\"}}",
                "{\"choices\":{}}",
                "{\"choices\":null}",
                "{\"nested\":{\"choices\":[]}}",
                "{\"choices\":[]",
                "{\"choices\":[]} {}",
                "{\"choices\":[],\"model\":\"cut of",
            })
    void isNothingElse(String text) {
        assertEquals(Optional.empty(), read(text));
    }

    @Test
    void isNotReadFromOtherEncodingsOrFromBeyondAnyDepth() {
        assertEquals(Optional.empty(), ChatCompletion.read("{\"choices\":[],\"model\":\"m\"}".getBytes(UTF_16)));
        assertEquals(Optional.empty(), read("{\"choices\":" + "[".repeat(100_000)));
    }

    private static Optional<ChatCompletion> read(String text) {
        return ChatCompletion.read(text.getBytes(UTF_8));
    }
}
