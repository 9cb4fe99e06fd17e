package io.genapi.cli.command;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.cluster.Workspace;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.process.OwnClasspath;
import io.genapi.chaos.process.Program;
import io.genapi.runtime.log.LogLevels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Commands that start many processes: on a directory of their own, and nothing is left of either. */
final class DeploymentRun {

    private final CommandSpec spec;
    private final Map<Program, Integer> heapMegabytes;

    DeploymentRun(CommandSpec spec) {
        this(spec, Map.of());
    }

    /** @param heapMegabytes of the programs that are to have another heap than they have else */
    DeploymentRun(CommandSpec spec, Map<Program, Integer> heapMegabytes) {
        this.spec = spec;
        this.heapMegabytes = heapMegabytes;
    }

    /**
     * What a scenario found.
     *
     * @param table for people
     * @param kept whether every promise was
     */
    record Outcome(String table, boolean kept) {}

    /** Starts the processes, runs the scenario on them, prints its table, and returns the exit code. */
    int run(Layout layout, BiFunction<Deployment, Consumer<String>, Outcome> scenario) throws IOException {
        LogLevels.errorsOnly();
        Path catalog = catalog();
        try (Workspace workspace = Workspace.create("genapi-run")) {
            tell(
                    "Starting %d Kafka broker(s), %d gateway(s), %d store(s), %d worker(s) and %d simulated vendor(s) in %s"
                            .formatted(
                                    layout.brokers(),
                                    layout.gateways(),
                                    layout.stores(),
                                    layout.workers(),
                                    layout.vendors().size(),
                                    workspace.directory()));
            Outcome outcome = outcome(new OwnClasspath(catalog, heapMegabytes), layout, scenario, workspace);
            PrintWriter out = spec.commandLine().getOut();
            out.print(outcome.table());
            out.flush();
            if (!outcome.kept()) {
                workspace.keep();
                tell("The processes' logs are kept in " + workspace.directory());
            }
            return outcome.kept() ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    /** The processes have working directories of their own. */
    private static Path catalog() {
        Path catalog = InstalledFiles.catalog().toAbsolutePath().normalize();
        if (!Files.isReadable(catalog)) {
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "The vendor catalog '%s' cannot be read; call the genapi script of a checkout, or work where config/genapi.yaml is."
                            .formatted(catalog));
        }
        return catalog;
    }

    private Outcome outcome(
            OwnClasspath installation,
            Layout layout,
            BiFunction<Deployment, Consumer<String>, Outcome> scenario,
            Workspace workspace) {
        try (Deployment deployment = new Deployment(installation, workspace.directory(), layout)) {
            return scenario.apply(deployment, this::tell);
        } catch (GivenUpException | UncheckedIOException broken) {
            // A process that is not there when it is asked is as much of a finding as one that does not get ready.
            workspace.keep();
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "%s%nThe processes' logs are kept in %s".formatted(broken.getMessage(), workspace.directory()));
        }
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
