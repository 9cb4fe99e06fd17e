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
import java.util.concurrent.atomic.AtomicInteger;

/** The {@code ./genapi} command, run as a user runs it. */
public final class Genapi {

    private final Path directory;
    private final Map<String, String> environment;
    private final AtomicInteger runs = new AtomicInteger();

    /** What a command left behind. */
    public record Outcome(int exitCode, String out, String err) {

        @Override
        public String toString() {
            return "exit code %d, standard output:%n%s%nstandard error:%n%s".formatted(exitCode, out, err);
        }
    }

    /** @param directory for the outputs of its runs */
    public Genapi(Path directory) {
        this(directory, Map.of());
    }

    public Genapi(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Runs a command to its end. */
    public Outcome run(String... arguments) {
        int number = runs.incrementAndGet();
        Path out = directory.resolve("genapi-%d-%s.out".formatted(number, arguments[0]));
        Path err = directory.resolve("genapi-%d-%s.err".formatted(number, arguments[0]));
        try (Spawned process = Spawned.start(
                "genapi-" + number,
                err,
                command(arguments),
                environment,
                builder -> builder.redirectOutput(out.toFile()).redirectError(err.toFile()))) {
            int exitCode = process.awaitEnd();
            return new Outcome(
                    exitCode,
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a command that goes on until something ends it. */
    public Spawned start(String... arguments) {
        return Spawned.start(
                "genapi-%d-%s".formatted(runs.incrementAndGet(), arguments[0]),
                directory,
                command(arguments),
                environment);
    }

    /** SIGINT works in the command whether or not whoever runs the tests ignores it, as background jobs do. */
    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/env"))
                && System.getProperty("os.name").equals("Linux")) {
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.add(Checkout.root().resolve("genapi").toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
