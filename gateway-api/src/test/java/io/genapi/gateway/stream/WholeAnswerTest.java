package io.genapi.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WholeAnswerTest {

    @Test
    void makesOneChunkOfACompletion() {
        assertEquals("""
                {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,\
                "finish_reason":"tool_calls","delta":{"role":"assistant","content":"é","tool_calls":[\
                {"id":"t","type":"function","function":{"name":"f","arguments":"{}"},"index":0}]}}]}""", chunk("""
                {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
                "message":{"role":"assistant","content":"é","tool_calls":[\
                {"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},\
                "finish_reason":"tool_calls"}],"usage":{"total_tokens":3}}"""));
    }

    @Test
    void leavesWhatIsNoObjectAsItIs() {
        assertEquals("[1]", chunk("[1]"));
        assertEquals("what", chunk("what"));
    }

    private static String chunk(String completion) {
        return new String(WholeAnswer.asChunk(completion.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
