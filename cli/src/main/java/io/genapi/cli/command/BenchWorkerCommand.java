package io.genapi.cli.command;

import io.genapi.benchmarks.worker.WorkerBenchmark;
import io.genapi.benchmarks.worker.WorkerOptions;
import io.genapi.chaos.process.Program;
import io.genapi.simulator.latency.LatencyNotation;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How much one worker holds. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "One worker with a heap of 1 GiB and a queue without end, calling a slow vendor over HTTP, beside the rate that"
                    + " no worker can beat.",
            "Starts Kafka, the simulated vendor and the worker as processes of their own, on a directory that is removed"
                    + " afterwards."
        })
final class BenchWorkerCommand implements Callable<Integer> {

    /** The simulated vendor keeps a thread and a connection for each call. */
    private static final Map<Program, Integer> HEAPS = Map.of(Program.WORKER, 1_024, Program.SIMULATOR, 3_072);

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Calls at once. Each takes a file descriptor of the worker and one of the vendor (ulimit -n)."
                    + " Default: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "30s",
            description = "How slow the vendor is: 30s, uniform:min=1s,max=3s or lognormal:mean=2s,sigma=0.5. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String latency = "";

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long results are counted, once the first are over; whole rounds of the latency."
                    + " Default: ${DEFAULT-VALUE}.")
    private String time = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        WorkerOptions options = options();
        return new DeploymentRun(spec, HEAPS)
                .run(
                        options.layout(),
                        (deployment, progress) -> new DeploymentRun.Outcome(
                                new WorkerBenchmark(deployment, options, progress).run(), true));
    }

    private WorkerOptions options() {
        try {
            return new WorkerOptions(inFlight, LatencyNotation.parse(latency), ChaosOptions.duration("--time", time));
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
