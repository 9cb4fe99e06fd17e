package io.genapi.chaos.process;

import io.genapi.chaos.patience.GivenUpException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that does not outlive this one, whatever happens to it. Its output is kept in a file. */
public final class Spawned implements AutoCloseable {

    /** Variables of the environment that would change what the broker does. */
    private static final List<String> UNWANTED =
            List.of("OPENAI_API_KEY", "GEMINI_API_KEY", "ANTHROPIC_API_KEY", "JAVA_TOOL_OPTIONS", "GENAPI_API_KEY");

    private static final Queue<Spawned> ALL = new ConcurrentLinkedQueue<>();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int SHOWN_LINES = 25;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Spawned::killAll, "reaper"));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private Spawned(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts a process in the directory, with both its outputs in {@code directory/name.log}. */
    public static Spawned start(String name, Path directory, List<String> command, Map<String, String> environment) {
        Path log = directory.resolve(name + ".log");
        return start(
                name,
                log,
                command,
                environment,
                builder -> builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /**
     * Starts a process in the log's directory.
     *
     * @param log what {@link #log()} shows; where it goes is for the redirection to say
     */
    public static Spawned start(
            String name,
            Path log,
            List<String> command,
            Map<String, String> environment,
            Consumer<ProcessBuilder> redirection) {
        try {
            Path directory = log.toAbsolutePath().resolveSibling("");
            Files.createDirectories(directory);
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            UNWANTED.forEach(builder.environment()::remove);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("OTEL_"));
            builder.environment().putAll(environment);
            redirection.accept(builder);
            Spawned spawned = new Spawned(name, log, builder.start());
            ALL.add(spawned);
            return spawned;
        } catch (IOException failure) {
            throw new UncheckedIOException("could not start " + command, failure);
        }
    }

    /** All that were started, and the ends of their logs: for whoever must find out what went wrong. */
    public static String report() {
        StringBuilder report = new StringBuilder();
        ALL.forEach(spawned -> report.append(spawned.describe()));
        return report.toString();
    }

    private String describe() {
        List<String> lines = log().lines().toList();
        return "---- %s, %s; the end of %s:%n%s%n"
                .formatted(
                        name,
                        process.isAlive() ? "alive" : "ended with " + process.exitValue(),
                        log,
                        String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())));
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that it wrote so far. */
    public String log() {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** {@code kill -9} for everything that was started; returns when it is gone. */
    public static void killAll() {
        ALL.forEach(Spawned::close);
        ALL.forEach(spawned -> spawned.process.onExit().join());
    }

    /** SIGTERM to all at once; what then goes on for half a minute is killed. */
    public static void stop(List<Spawned> processes) {
        processes.forEach(spawned -> spawned.process.destroy());
        try {
            for (Spawned spawned : processes) {
                if (!spawned.process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    spawned.process.destroyForcibly();
                }
            }
        } catch (InterruptedException interrupted) {
            processes.forEach(Spawned::close);
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM; returns its exit code. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** SIGINT; returns its exit code. */
    public int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(pid())).inheritIO().start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return awaitEnd();
    }

    /**
     * Returns its exit code.
     *
     * @throws GivenUpException if it goes on for two minutes
     */
    public int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GivenUpException("%s still runs after %s%n%s".formatted(name, PATIENCE, describe()));
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
