package io.genapi.cli.command;

import io.genapi.benchmarks.waiting.WaitingBenchmark;
import io.genapi.benchmarks.waiting.WaitingOptions;
import io.genapi.chaos.process.Program;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What it costs a gateway that callers wait. */
@Command(
        name = "waiting",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Calls that wait for their answer, and streams that wait for their first piece, at one gateway with a heap of"
                    + " 1.5 GiB: how many it holds, and what memory each takes.",
            "Starts Kafka, a store and the gateway as processes of their own, and no worker, on a directory that is"
                    + " removed afterwards."
        })
final class BenchWaitingCommand implements Callable<Integer> {

    private static final Map<Program, Integer> HEAPS = Map.of(Program.GATEWAY, 1_536);

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "4000",
            description =
                    "Calls at once. Each takes a file descriptor of this command and one of the gateway (ulimit -n)."
                            + " Default: ${DEFAULT-VALUE}.")
    private int calls;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        WaitingOptions options = options();
        return new DeploymentRun(spec, HEAPS)
                .run(
                        options.layout(),
                        (deployment, progress) -> new DeploymentRun.Outcome(
                                new WaitingBenchmark(deployment, options, progress).run(), true));
    }

    private WaitingOptions options() {
        try {
            return new WaitingOptions(calls);
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
