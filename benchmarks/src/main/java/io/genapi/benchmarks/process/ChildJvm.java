package io.genapi.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main class of this class path in a JVM of its own: this process's JDK, a heap of 1 GiB, the serial collector. It
 * tells what it has to tell in lines on its standard output. For one thread; {@link #close} may come from any.
 */
public final class ChildJvm implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of(
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** What shells and {@code Process} report for a JVM that Ctrl-C or SIGTERM ended. */
    private static final List<Integer> SIGNALLED = List.of(130, 143);

    private static final int SHOWN_LINES = 20;

    private final String name;
    private final Process process;
    private final BufferedReader lines;
    private final Path log;

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param directory for its standard error and its temporary files
     */
    public static ChildJvm start(String name, Class<?> main, List<String> arguments, Path directory)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        // Libraries unpack native code there, and a process that is ended by force removes nothing.
        command.add("-Djava.io.tmpdir=" + directory);
        String logging = System.getProperty("logback.configurationFile");
        if (logging != null) {
            command.add("-Dlogback.configurationFile=" + logging);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Path log = directory.resolve(name.replaceAll("[^a-z0-9]+", "-") + ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        return new ChildJvm(name, process, log);
    }

    /**
     * The next line that it tells, waited for.
     *
     * @throws ChildFailedException if it ended instead
     * @throws InterruptedException if it was ended by a signal, which a terminal sends to all of its processes
     */
    public String line() throws IOException, InterruptedException {
        String line = lines.readLine();
        if (line != null) {
            return line;
        }
        int code = process.waitFor();
        if (SIGNALLED.contains(code)) {
            throw new InterruptedException();
        }
        throw new ChildFailedException("%s ended with exit code %d:%n%s".formatted(name, code, lastLines()));
    }

    private String lastLines() throws IOException {
        List<String> all = Files.readAllLines(log);
        return String.join(System.lineSeparator(), all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size()));
    }

    /** Ends it at once and returns when it has ended: nothing that it could still do is wanted. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
