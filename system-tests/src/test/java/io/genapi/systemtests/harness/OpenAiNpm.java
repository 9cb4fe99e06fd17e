package io.genapi.systemtests.harness;

import io.genapi.chaos.process.Spawned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** OpenAI's client for JavaScript, installed from its own package once for all tests that ask for it. */
public final class OpenAiNpm {

    private static final Path SOURCE = Path.of("system-tests", "src", "test", "node", "openai");

    private final Path directory = Checkout.emptyDirectory("openai-npm");
    private final AtomicInteger runs = new AtomicInteger();

    /** The one installation. */
    private static final class Holder {
        private static final OpenAiNpm INSTALLED = new OpenAiNpm();
    }

    /** What a run left behind. */
    public record Outcome(int exitCode, String output) {}

    private OpenAiNpm() {
        try (Stream<Path> files = Files.list(Checkout.root().resolve(SOURCE))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Outcome installed = run(List.of("npm", "ci", "--prefix", directory.toString()), Map.of());
        if (installed.exitCode() != 0) {
            throw new AssertionError("npm ci: " + installed);
        }
    }

    /**
     * Fetches the package where that has not been done.
     *
     * @param test who asks, as it is told where there is no npm or node
     */
    public static OpenAiNpm installed(String test) {
        for (String program : List.of("npm", "node")) {
            if (!exists(program)) {
                throw NotRun.because(test, program + " is not installed");
            }
        }
        return Holder.INSTALLED;
    }

    private static boolean exists(String program) {
        try (Spawned version = Spawned.start(
                program + "-version",
                Checkout.emptyDirectory(program + "-version"),
                List.of(program, "--version"),
                Map.of())) {
            return version.awaitEnd() == 0;
        } catch (UncheckedIOException absent) {
            return false;
        }
    }

    /** Runs test files, one after another. */
    public Outcome test(Map<String, String> environment, String... files) {
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-concurrency=1"));
        Stream.of(files).map(file -> directory.resolve(file).toString()).forEach(command::add);
        return run(command, environment);
    }

    private Outcome run(List<String> command, Map<String, String> environment) {
        String name = "run-" + runs.incrementAndGet();
        try (Spawned process = Spawned.start(name, directory, command, environment)) {
            int exitCode = process.awaitEnd();
            return new Outcome(exitCode, Files.readString(directory.resolve(name + ".log")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
