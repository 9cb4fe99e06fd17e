package io.genapi.cli.command;

import io.genapi.runtime.service.StartException;
import io.genapi.standalone.StandaloneState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts {@code genapi up} as a process that outlives this one. */
final class DetachedStart {

    /** Marks the command line of the process that this one waits for. */
    static final String CHILD = "--detached-child";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int SHOWN_LINES = 20;

    private DetachedStart() {}

    /**
     * Returns when the process serves.
     *
     * @throws StartException with what the process said, if it ended or did not come up in two minutes
     */
    static StandaloneState start(List<String> arguments, Path data) throws InterruptedException {
        Path log = data.resolve("up.log");
        Process process = launch(arguments, log);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<StandaloneState> state =
                    StandaloneState.written(data).filter(found -> found.pid() == process.pid());
            if (state.isPresent()) {
                return state.get();
            }
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StartException("The broker did not start:%n%s".formatted(lastLines(log)));
            }
        }
        process.destroy();
        throw new StartException("The broker did not start within %d s; its log is %s:%n%s"
                .formatted(PATIENCE.toSeconds(), log, lastLines(log)));
    }

    private static Process launch(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        ProcessHandle.Info self = ProcessHandle.current().info();
        command.add(self.command().orElse("java"));
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GenapiCommand.class.getName()));
        command.addAll(arguments);
        command.add(CHILD);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            // A session of its own, where the system has that, so that the terminal's Ctrl-C does not reach it.
            if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
                command.addFirst("/usr/bin/setsid");
            }
            return new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException failure) {
            throw new StartException("The broker's process could not be started: " + failure.getMessage());
        }
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(its log " + log + " cannot be read)";
        }
    }
}
