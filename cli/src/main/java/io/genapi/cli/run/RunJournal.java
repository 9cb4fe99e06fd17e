package io.genapi.cli.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which line became which job, kept beside the result file so that a second run goes on with the jobs of the first.
 * Every entry is in the file before the run acts on it. Thread-safe.
 */
final class RunJournal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final BufferedWriter writer;

    private RunJournal(BufferedWriter writer) {
        this.writer = writer;
    }

    static RunJournal open(Path file) throws IOException {
        CompleteLines.cutOffTheRest(file);
        RunJournal journal = new RunJournal(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        for (String line : Files.readAllLines(file)) {
            journal.remember(line);
        }
        return journal;
    }

    private void remember(String line) {
        try {
            JsonNode entry = JSON.readTree(line);
            jobs.put(entry.path("custom_id").asString(), entry.path("job").asString());
        } catch (JacksonException damaged) {
            throw new IllegalStateException(
                    "the journal has a line that is not its own: '" + line + "'; remove the line or the file", damaged);
        }
    }

    Optional<String> jobOf(BatchLine line) {
        return Optional.ofNullable(jobs.get(line.customId()));
    }

    synchronized void submitted(BatchLine line, String job) throws IOException {
        jobs.put(line.customId(), job);
        writer.write(JSON.createObjectNode()
                .put("custom_id", line.customId())
                .put("job", job)
                .toString());
        writer.newLine();
        writer.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
