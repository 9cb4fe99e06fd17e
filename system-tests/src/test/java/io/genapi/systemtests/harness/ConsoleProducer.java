package io.genapi.systemtests.harness;

import io.genapi.chaos.process.Spawned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka's own console producer, as a process. */
public final class ConsoleProducer {

    private ConsoleProducer() {}

    /** Writes each line as a record with nothing but a value. */
    public static void produce(Path directory, String bootstrapServers, String topic, String line) {
        try {
            Path input =
                    Files.writeString(directory.resolve("console-producer.in"), line + "\n", StandardCharsets.UTF_8);
            Path log = directory.resolve("console-producer.log");
            List<String> command = new ArrayList<>(Checkout.java(256));
            command.addAll(List.of(
                    "-cp",
                    Checkout.classpath(),
                    "org.apache.kafka.tools.ConsoleProducer",
                    "--bootstrap-server",
                    bootstrapServers,
                    "--topic",
                    topic));
            try (Spawned producer = Spawned.start(
                    "console-producer",
                    log,
                    command,
                    Map.of(),
                    builder -> builder.redirectInput(input.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile()))) {
                int exitCode = producer.awaitEnd();
                if (exitCode != 0) {
                    throw new AssertionError("the console producer ended with " + exitCode + ": " + producer.log());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
