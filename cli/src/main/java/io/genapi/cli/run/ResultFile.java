package io.genapi.cli.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The output file of OpenAI's Batch API, written in the order in which jobs end. Thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/batch/request-output">the request output object</a>
 */
final class ResultFile implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Boolean> succeededById = new HashMap<>();
    private final BufferedWriter writer;

    private ResultFile(BufferedWriter writer) {
        this.writer = writer;
    }

    /** Goes on with what is in the file already. */
    static ResultFile open(Path file) throws IOException {
        CompleteLines.cutOffTheRest(file);
        ResultFile results = new ResultFile(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        try (var lines = Files.lines(file)) {
            lines.forEach(results::remember);
        }
        return results;
    }

    private void remember(String line) {
        try {
            JsonNode result = JSON.readTree(line);
            int status = result.path("response").path("status_code").asInt(0);
            succeededById.put(result.path("custom_id").asString(), status == 200);
        } catch (JacksonException damaged) {
            throw new IllegalStateException(
                    "the result file has a line that is no result: '" + line + "'; name another file with --out",
                    damaged);
        }
    }

    synchronized boolean has(BatchLine line) {
        return succeededById.containsKey(line.customId());
    }

    /** How many of the lines have a result of that kind. */
    synchronized long count(List<BatchLine> lines, boolean succeeded) {
        return lines.stream()
                .map(line -> succeededById.get(line.customId()))
                .filter(one -> one != null && one == succeeded)
                .count();
    }

    /** @param body the completion or the error envelope */
    synchronized void write(BatchLine line, @Nullable String job, int status, String requestId, JsonNode body)
            throws IOException {
        ObjectNode result = JSON.createObjectNode()
                .put("id", job == null ? "line_" + line.number() : job)
                .put("custom_id", line.customId());
        result.putObject("response")
                .put("status_code", status)
                .put("request_id", requestId)
                .set("body", body);
        result.putNull("error");
        writer.write(result.toString());
        writer.newLine();
        writer.flush();
        succeededById.put(line.customId(), status == 200);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
