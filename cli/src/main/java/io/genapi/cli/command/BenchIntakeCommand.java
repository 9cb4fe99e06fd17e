package io.genapi.cli.command;

import io.genapi.benchmarks.contender.Kind;
import io.genapi.benchmarks.intake.IntakeBenchmark;
import io.genapi.benchmarks.intake.IntakeOptions;
import io.genapi.benchmarks.process.ChildFailedException;
import io.genapi.runtime.log.LogLevels;
import io.genapi.simulator.latency.LatencyNotation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The dispatch engine beside share groups and plain consumers. */
@Command(
        name = "intake",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Slow jobs, consumed by the dispatch engine, by share groups and by plain consumers, beside the rate that no"
                    + " scheduler can beat.",
            "Starts a broker and each contender as processes of their own, on a directory that is removed afterwards."
        })
final class BenchIntakeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Jobs that a contender may run at once. Default: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Jobs for each contender, at least ten for each one in flight, which is the default.")
    private @Nullable Long jobs;

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "lognormal:mean=2s,sigma=0.5",
            description = "How long a job takes: 2s, uniform:min=1s,max=3s or lognormal:mean=2s,sigma=0.5. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String latency = "";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "24",
            description = "Partitions of the jobs' topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "engine,share,classic",
            description = "Who takes part. Default: ${DEFAULT-VALUE}.")
    private List<Kind> contenders = List.of();

    @Override
    public Integer call() throws Exception {
        IntakeOptions options = options();
        LogLevels.warningsOnly();
        try {
            new IntakeBenchmark(
                            options,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    .run();
        } catch (ChildFailedException failure) {
            throw new CommandFailure(ExitCodes.FAILED, "The benchmark failed: " + failure.getMessage());
        }
        return ExitCodes.OK;
    }

    private IntakeOptions options() {
        try {
            return new IntakeOptions(
                    jobs == null ? (long) inFlight * IntakeOptions.JOBS_PER_PERMIT : jobs,
                    inFlight,
                    LatencyNotation.parse(latency),
                    partitions,
                    Set.copyOf(contenders));
        } catch (IllegalArgumentException mistake) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(mistake.getMessage()));
        }
    }
}
