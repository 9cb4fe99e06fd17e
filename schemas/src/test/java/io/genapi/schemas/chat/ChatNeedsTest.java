package io.genapi.schemas.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatNeedsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "messages":[{"role":"user","content":"twelve chars"}]                                             | false | false | 3
            "messages":[{"content":"1234"},{"content":[{"type":"text","text":"5678"}]}]                       | false | false | 2
            "tools":[{"type":"function"}],"messages":[{"content":""}]                                         | true  | false | 0
            "tools":[],"functions":null,"messages":[{"content":null}]                                         | false | false | 0
            "functions":[{"name":"f"}],"messages":[{"content":"1234"}]                                        | true  | false | 1
            "messages":[{"content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]  | false | true  | 0
            "messages":[{"content":[[],7,"x",{"text":["no text"]}]}],"metadata":{"image_url":"x"}             | false | false | 0
            """)
    void tellsWhatARequestAsksOfWhoAnswersIt(String fields, boolean tools, boolean vision, long tokens) {
        assertEquals(new ChatNeeds(tools, vision, tokens), ChatNeeds.of(read("{\"model\":\"m\"," + fields + "}")));
    }

    private static ChatRequestBody read(String json) {
        return assertInstanceOf(
                        ChatRequestReading.Valid.class, ChatRequestReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .body();
    }
}
