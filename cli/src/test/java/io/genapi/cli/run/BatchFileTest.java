package io.genapi.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFileTest {

    @TempDir
    private Path directory;

    @Test
    void keepsTheBytesOfEachBody() throws IOException {
        String body = "{ \"model\" : \"m\",\"messages\":[ {\"content\":\"gr\u00fc\u00df \\u00e9\"} ] }";
        List<BatchLine> lines = BatchFile.read(
                written("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + body
                        + "}\n\n{\"body\":{},\"custom_id\":\"b\"}\n"));
        assertEquals(List.of("a", "b"), lines.stream().map(BatchLine::customId).toList());
        assertEquals(body, new String(lines.getFirst().body(), StandardCharsets.UTF_8));
        assertEquals(3, lines.getLast().number());
    }

    @Test
    void namesEveryWrongLineAndTheRemedy() throws IOException {
        Path file = written("""
                {"custom_id":"a","body":{}}
                {"custom_id":"a","body":{}}
                {"body":{}}
                {"custom_id":"c","method":"GET","body":{}}
                {"custom_id":"d","url":"/v1/embeddings","body":{}}
                {"custom_id":"e"}
                {"custom_id":
                [1]
                """);
        InvalidBatchException refused = assertThrows(InvalidBatchException.class, () -> BatchFile.read(file));
        assertEquals(
                """
                Nothing was submitted: FILE has 7 wrong lines.
                  line 2 has the custom_id 'a' of line 1; give it another
                  line 3 has no custom_id; give it a string that no other line has
                  line 4 has the method 'GET'; write POST
                  line 5 has the url '/v1/embeddings'; this version runs /v1/chat/completions
                  line 6 has no body; give it the request as a JSON object
                  line 7 is not a JSON object: Unexpected end-of-input within/between Object entries
                  line 8 has no custom_id; give it a string that no other line has""".replace("FILE", file.toString()),
                String.valueOf(refused.getMessage()).replace(System.lineSeparator(), "\n"));
    }

    private Path written(String text) throws IOException {
        return Files.writeString(directory.resolve("batch.jsonl"), text);
    }
}
