package io.genapi.cli.command;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Workspace;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.process.OwnClasspath;
import io.genapi.chaos.workers.Episode;
import io.genapi.chaos.workers.EpisodeReport;
import io.genapi.chaos.workers.WorkersOptions;
import io.genapi.chaos.workers.WorkersScenario;
import io.genapi.chaos.workers.WorkersTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the broker to its promises: real processes that come, go and die under load. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Break things on purpose, on processes of its own, and see what the promises are worth.",
        synopsisSubcommandLabel = "(workers)")
final class ChaosCommand implements Runnable {

    private static final Duration SETTLED = Duration.ofSeconds(6);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say what to break: workers.");
    }

    /** The names of episodes, for picocli. */
    static final class EpisodeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Episode.values()).map(Episode::option).iterator();
        }
    }

    @Command(
            name = "workers",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Scale workers out and in, restart and kill them while jobs come in at a steady pace, and count the"
                        + " vendor calls that were repeated for it.",
                "Exit code 1 if a promise was broken; times are shown, never judged."
            })
    int workers(
            @Option(
                            names = "--brokers",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Kafka brokers, 1 to 3. Default: ${DEFAULT-VALUE}.")
                    int brokers,
            @Option(
                            names = "--jobs-per-second",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "How fast jobs come in. Default: ${DEFAULT-VALUE}.")
                    int jobsPerSecond,
            @Option(
                            names = "--latency",
                            paramLabel = "LATENCY",
                            defaultValue = "lognormal:mean=4s,sigma=0.5",
                            description = "How slow the vendor is. Default: ${DEFAULT-VALUE}.")
                    String latency,
            @Option(
                            names = "--episodes",
                            paramLabel = "NAME",
                            split = ",",
                            completionCandidates = EpisodeNames.class,
                            description = "Which ones, in order: ${COMPLETION-CANDIDATES}. Default: all that can be.")
                    Optional<List<String>> episodes)
            throws Exception {
        WorkersOptions options = options(brokers, jobsPerSecond, latency, episodes);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Workspace workspace = Workspace.create("genapi-chaos")) {
            err.printf(
                    "Starting %d Kafka broker(s), a gateway, a store, a worker and a simulated vendor in %s%n",
                    brokers, workspace.directory());
            err.flush();
            List<EpisodeReport> reports = run(options, workspace, line -> {
                err.println(line);
                err.flush();
            });
            out.print(WorkersTable.of(reports));
            out.flush();
            boolean kept = reports.stream().allMatch(report -> report.broken().isEmpty());
            if (!kept) {
                workspace.keep();
                err.println("The processes' logs are kept in " + workspace.directory());
                err.flush();
            }
            return kept ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private static List<EpisodeReport> run(WorkersOptions options, Workspace workspace, Consumer<String> progress) {
        try (Deployment deployment =
                new Deployment(new OwnClasspath(InstalledFiles.catalog()), workspace.directory(), options.layout())) {
            return new WorkersScenario(deployment, options, progress).run();
        } catch (GivenUpException broken) {
            workspace.keep();
            throw new CommandFailure(
                    ExitCodes.FAILED,
                    "%s%nThe processes' logs are kept in %s".formatted(broken.getMessage(), workspace.directory()));
        }
    }

    private WorkersOptions options(int brokers, int jobsPerSecond, String latency, Optional<List<String>> names) {
        try {
            List<Episode> episodes = names.map(
                            given -> given.stream().map(ChaosCommand::episode).toList())
                    .orElseGet(() -> Arrays.stream(Episode.values())
                            .filter(episode -> brokers >= 3 || episode != Episode.BROKER_CRASH)
                            .toList());
            return new WorkersOptions(brokers, jobsPerSecond, latency, SETTLED, episodes);
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }

    private static Episode episode(String name) {
        return Arrays.stream(Episode.values())
                .filter(episode -> episode.option().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--episodes has '%s'; name some of %s".formatted(name, String.join(", ", new EpisodeNames()))));
    }
}
