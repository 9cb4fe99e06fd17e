package io.genapi.cli.command;

import io.genapi.benchmarks.offsets.OffsetsBenchmark;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What tracking and encoding finished offsets costs. */
@Command(
        name = "offsets",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "The tracker and the codec of finished offsets, by JMH, beside the simplest thing that works.")
final class BenchOffsetsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "For each of the 20 measurements, after its warm-up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Override
    public Integer call() {
        if (seconds < 1) {
            throw new CommandFailure(ExitCodes.USAGE, "--seconds is " + seconds + "; give at least 1.");
        }
        try {
            new OffsetsBenchmark(
                            seconds,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    .run();
        } catch (RunnerException failure) {
            throw new CommandFailure(ExitCodes.FAILED, "JMH failed: " + failure.getMessage());
        }
        return ExitCodes.OK;
    }
}
