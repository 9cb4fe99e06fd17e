package io.genapi.cli.command;

import io.genapi.benchmarks.lanes.LanesBenchmark;
import io.genapi.benchmarks.lanes.LanesOptions;
import io.genapi.simulator.latency.LatencyNotation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What one lane notices of another. */
@Command(
        name = "lanes",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Callers who wait in the lane priority, at an even pace: alone, beside a queue without end in the lane flex, and"
                    + " beside one in the lane default.",
            "Starts Kafka, the simulated vendor, a store, a gateway and a worker as processes of their own, on a directory"
                    + " that is removed afterwards. With the defaults it takes less than three minutes."
        })
final class BenchLanesCommand implements Callable<Integer> {

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "100",
            description = "Calls that the worker may have at once; a fifth of them are priority's own."
                    + " Default: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5",
            description = "Callers a second; with the latency they must fit into what is priority's own."
                    + " Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "uniform:min=1s,max=3s",
            description = "How slow the vendor is: 2s, uniform:min=1s,max=3s or lognormal:mean=2s,sigma=0.5. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String latency = "";

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long callers are counted in each of the three parts. Default: ${DEFAULT-VALUE}.")
    private String time = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LanesOptions options = options();
        return new DeploymentRun(spec)
                .run(
                        options.layout(),
                        (deployment, progress) -> new DeploymentRun.Outcome(
                                new LanesBenchmark(deployment, options, progress).run(), true));
    }

    private LanesOptions options() {
        try {
            return new LanesOptions(
                    inFlight, rate, LatencyNotation.parse(latency), ChaosOptions.duration("--time", time));
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
