package io.genapi.cli.command;

import io.genapi.benchmarks.batch.BatchBenchmark;
import io.genapi.benchmarks.batch.BatchOptions;
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

/** What a large batch takes. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "One batch by HTTP, from the upload of its file to the download of its answers: how long each part takes, and"
                    + " what memory of a gateway with a heap of 512 MiB.",
            "Starts Kafka, the simulated vendor, a store, a gateway and a worker as processes of their own, on a directory"
                    + " that is removed afterwards."
        })
final class BenchBatchCommand implements Callable<Integer> {

    private static final Map<Program, Integer> HEAPS = Map.of(Program.GATEWAY, 512);

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Requests of the batch. Default: ${DEFAULT-VALUE}, the most that there may be.")
    private int lines;

    @Option(
            names = "--line-bytes",
            paramLabel = "BYTES",
            defaultValue = "1000",
            description = "How long each line of the file is. Default: ${DEFAULT-VALUE}.")
    private int lineBytes;

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "50ms",
            description = "How slow the vendor is: 50ms, uniform:min=1s,max=3s or lognormal:mean=2s,sigma=0.5. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String latency = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BatchOptions options = options();
        return new DeploymentRun(spec, HEAPS)
                .run(
                        options.layout(),
                        (deployment, progress) -> new DeploymentRun.Outcome(
                                new BatchBenchmark(deployment, options, progress).run(), true));
    }

    private BatchOptions options() {
        try {
            return new BatchOptions(lines, lineBytes, LatencyNotation.parse(latency));
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
