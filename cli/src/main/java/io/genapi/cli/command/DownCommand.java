package io.genapi.cli.command;

import io.genapi.standalone.StandaloneState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops a standalone broker in good order. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the broker that runs on the data directory. Running jobs get time to finish.")
final class DownCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Its data directory. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Optional<StandaloneState> running = StandaloneState.read(data);
        if (running.isEmpty()) {
            spec.commandLine().getOut().println("No broker runs on '" + data + "'.");
            return ExitCodes.OK;
        }
        running.get().askToStop();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (StandaloneState.isInUse(data)) {
            if (System.nanoTime() > end) {
                long pid = running.get().pid();
                throw new CommandFailure(
                        ExitCodes.FAILED,
                        "Process %d still runs after %d s. Kill it with: kill -9 %d; what it accepted is safe."
                                .formatted(pid, PATIENCE.toSeconds(), pid));
            }
            Thread.sleep(LOOK_AGAIN);
        }
        spec.commandLine().getOut().println("Stopped. Jobs and results are kept in " + data + ".");
        return ExitCodes.OK;
    }
}
