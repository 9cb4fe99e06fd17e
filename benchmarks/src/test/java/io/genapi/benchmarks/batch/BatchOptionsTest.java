package io.genapi.benchmarks.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.simulator.latency.Latency;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchOptionsTest {

    @Test
    void everyLineIsARequestOfThatLength() {
        BatchOptions options = new BatchOptions(50_000, 300, Latency.NONE);
        for (int number : new int[] {0, 49_999}) {
            String line = options.line(number);
            assertEquals(299, line.getBytes(StandardCharsets.UTF_8).length);
            JsonNode json = JsonMapper.shared().readTree(line);
            assertEquals("line-" + number, json.path("custom_id").asString());
            assertEquals("gpt-4o-mini", json.at("/body/model").asString());
        }
        assertEquals(15_000_000, options.fileBytes());
    }

    @Test
    void namesTheOptionTheValueAndTheRemedy() {
        assertEquals("--lines is 50,001; give at least 1 and at most 50,000", refusal(50_001, 300));
        assertEquals(
                "--line-bytes is 5,000; give at least 250 and, with 50,000 lines, at most 4,194: a file may have 200 MiB",
                refusal(50_000, 5_000));
    }

    private static String refusal(int lines, int lineBytes) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> new BatchOptions(lines, lineBytes, Latency.NONE))
                        .getMessage());
    }
}
