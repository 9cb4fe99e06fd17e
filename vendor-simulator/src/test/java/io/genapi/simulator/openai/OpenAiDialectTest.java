package io.genapi.simulator.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiDialectTest {

    @Test
    void readsTheTextPartsOfTheLastUserMessage() {
        String body = """
                {"model":"m","messages":[{"role":"user","content":"old"},
                 {"role":"user","content":[{"type":"text","text":"a"},
                  {"type":"image_url","image_url":{"url":"data:"}},{"type":"text","text":"b"}]},
                 {"role":"assistant","content":null}]}""";
        ParsedChat parsed = new ChatRequestReader().read(body.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "a\nb", assertInstanceOf(ChatRequest.class, parsed).prompt().lastUserText());
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "17, 17ms", "8640, 8.64s", "360000, 6m0s", "61500, 1m1.5s"})
    void writesResetTimesAsOpenAiDoes(long millis, String expected) {
        assertEquals(expected, OpenAiDialect.resetTime(Duration.ofMillis(millis)));
    }
}
