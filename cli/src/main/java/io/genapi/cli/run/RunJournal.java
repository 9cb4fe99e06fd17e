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
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which line became which job, kept beside the result file so that a second run goes on with the jobs of the first.
 * Every entry is in the file before the run acts on it. Thread-safe.
 */
final class RunJournal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
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

    /**
     * What a line became.
     *
     * @param body a fingerprint of its request
     * @param confirmed whether the gateway said that the job is durable; else that must be looked up
     */
    private record Entry(String customId, String job, String body, boolean confirmed) {}

    private void remember(String line) {
        try {
            Entry entry = JSON.readValue(line, Entry.class);
            entries.put(entry.customId(), entry);
        } catch (JacksonException damaged) {
            throw new IllegalStateException(
                    "the journal has a line that is not its own: '" + line + "'; remove the line or the file", damaged);
        }
    }

    Optional<String> jobOf(BatchLine line) {
        return Optional.ofNullable(entries.get(line.customId())).map(Entry::job);
    }

    /** Whether the line's job is known to be durable. */
    boolean isConfirmed(BatchLine line) {
        Entry entry = entries.get(line.customId());
        return entry != null && entry.confirmed();
    }

    /** Whether a line with the same custom_id and another body was submitted. */
    boolean contradicts(BatchLine line) {
        Entry entry = entries.get(line.customId());
        return entry != null && !entry.body().equals(line.fingerprint());
    }

    /** @param confirmed false where the gateway could not tell whether Kafka took the job */
    synchronized void submitted(BatchLine line, String job, boolean confirmed) throws IOException {
        Entry entry = new Entry(line.customId(), job, line.fingerprint(), confirmed);
        writer.write(JSON.writeValueAsString(entry));
        writer.newLine();
        writer.flush();
        entries.put(line.customId(), entry);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
