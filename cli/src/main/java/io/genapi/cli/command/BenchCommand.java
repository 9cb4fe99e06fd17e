package io.genapi.cli.command;

import io.genapi.benchmarks.SyncBenchmark;
import io.genapi.runtime.log.LogLevels;
import io.genapi.standalone.Standalone;
import io.genapi.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures, as ratios against a floor in the same run. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure on this machine; figures are ratios against a floor in the same run.",
        subcommands = {
            BenchIntakeCommand.class,
            BenchOffsetsCommand.class,
            BenchWorkerCommand.class,
            BenchWaitingCommand.class,
            BenchLanesCommand.class,
            BenchBatchCommand.class,
            BenchWebhooksCommand.class
        },
        synopsisSubcommandLabel = "(sync | intake | offsets | worker | waiting | lanes | batch | webhooks)")
final class BenchCommand extends CommandGroup {

    @Command(
            name = "sync",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Waiting calls at 1, 50 and 200 connections beside a bare two-hop Kafka loop with the same payload, acks"
                        + " and broker.",
                "Starts a broker of its own, on a directory that is removed afterwards, with a vendor that answers at"
                        + " once."
            })
    int sync(
            @Option(
                            names = "--calls",
                            paramLabel = "N",
                            defaultValue = "5000",
                            description = "Round trips at each number of connections. Default: ${DEFAULT-VALUE}.")
                    long calls,
            @Option(
                            names = "--payload",
                            paramLabel = "BYTES",
                            defaultValue = "1024",
                            description = "How long each question is. Default: ${DEFAULT-VALUE}.")
                    int payload)
            throws Exception {
        if (calls < 1 || payload < 0) {
            throw new CommandFailure(ExitCodes.USAGE, "--calls must be at least 1 and --payload at least 0.");
        }
        LogLevels.warningsOnly();
        Path data = Files.createTempDirectory("genapi-bench");
        StandaloneOptions options =
                new StandaloneOptions(data, 0, 0, InstalledFiles.catalog(), Map.of(), "0ms", Map.of());
        try (Standalone broker = Standalone.start(options, (_, _, _) -> {})) {
            new SyncBenchmark(
                            broker.state().gateway(),
                            broker.state().kafka(),
                            StandaloneOptions.PARTITIONS,
                            payload,
                            calls)
                    .run(out());
        } finally {
            remove(data);
        }
        return ExitCodes.OK;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
