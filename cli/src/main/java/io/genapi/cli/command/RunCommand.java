package io.genapi.cli.command;

import io.genapi.cli.client.Gateway;
import io.genapi.cli.client.UnreachableGatewayException;
import io.genapi.cli.run.BatchRun;
import io.genapi.cli.run.InvalidBatchException;
import io.genapi.cli.run.RunSummary;
import io.genapi.cli.terminal.RunProgress;
import io.genapi.runtime.log.LogLevels;
import io.genapi.standalone.Standalone;
import io.genapi.standalone.StandaloneOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a file of jobs. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run the jobs of a file in OpenAI's batch input format and write their results in its output format.",
            "Interrupted, the same command goes on where it stopped; nothing is submitted twice.",
            "Where no broker runs, one is started for as long as it takes."
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE.jsonl", description = "The jobs: custom_id, method, url and body in each line.")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "The results. Default: FILE.results.jsonl.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "200",
            description = "Jobs that are open at once. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new CommandFailure(ExitCodes.USAGE, "The file '" + file + "' cannot be read.");
        }
        if (concurrency < 1) {
            throw new CommandFailure(ExitCodes.USAGE, "--concurrency is " + concurrency + "; it must be at least 1.");
        }
        Optional<Standalone> own = options.isKnown() || answers() ? Optional.empty() : Optional.of(startBroker());
        try (Gateway gateway = own.map(broker -> new Gateway(broker.state().gateway(), GatewayOptions.apiKey()))
                .orElseGet(options::gateway)) {
            return run(gateway, own);
        }
    }

    private int run(Gateway gateway, Optional<Standalone> own) throws IOException, InterruptedException {
        BatchRun run;
        try {
            run = BatchRun.prepare(
                    gateway,
                    file,
                    results(),
                    concurrency,
                    new RunProgress(spec.commandLine().getErr()));
        } catch (InvalidBatchException invalid) {
            own.ifPresent(Standalone::close);
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(invalid.getMessage()));
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> stopInOrder(run, ended, own), "stop-run");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            return report(run.execute());
        } catch (InvalidBatchException changed) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(changed.getMessage()));
        } finally {
            ended.countDown();
            if (removed(onInterrupt)) {
                own.ifPresent(Standalone::close);
            }
        }
    }

    /** First the run, so that every submission is journaled; then the broker that it ran on. */
    private static void stopInOrder(BatchRun run, CountDownLatch ended, Optional<Standalone> own) {
        run.stop();
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        own.ifPresent(Standalone::close);
    }

    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    private int report(RunSummary summary) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%d of %d jobs have their result in %s: %d succeeded, %d failed.%n",
                summary.succeeded() + summary.failed(),
                summary.total(),
                summary.out(),
                summary.succeeded(),
                summary.failed());
        if (summary.open() > 0) {
            out.printf("%d are open. Go on with the same command; nothing is submitted twice.%n", summary.open());
        }
        out.flush();
        return summary.open() > 0 ? ExitCodes.INTERRUPTED : summary.failed() > 0 ? ExitCodes.FAILED : ExitCodes.OK;
    }

    private Path results() {
        return out.orElseGet(() -> file.resolveSibling(file.getFileName() + ".results.jsonl"));
    }

    private boolean answers() throws InterruptedException {
        try (Gateway gateway = options.gateway()) {
            return gateway.get("/health/live").successful();
        } catch (UnreachableGatewayException nobody) {
            return false;
        }
    }

    private Standalone startBroker() {
        PrintWriter err = spec.commandLine().getErr();
        err.printf("No broker runs; starting one on '%s' for this run.%n", options.data());
        err.flush();
        LogLevels.warningsOnly();
        StandaloneOptions standalone = new StandaloneOptions(
                options.data(),
                0,
                0,
                InstalledFiles.catalog(),
                System.getenv(),
                StandaloneOptions.SIMULATOR_LATENCY,
                Map.of());
        return Standalone.start(standalone, (_, _, _) -> {});
    }
}
