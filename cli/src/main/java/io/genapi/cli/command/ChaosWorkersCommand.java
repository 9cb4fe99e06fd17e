package io.genapi.cli.command;

import io.genapi.chaos.workers.Episode;
import io.genapi.chaos.workers.EpisodeReport;
import io.genapi.chaos.workers.WorkersOptions;
import io.genapi.chaos.workers.WorkersScenario;
import io.genapi.chaos.workers.WorkersTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Promise 2 as a table. */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Scale workers out and in, restart and kill them while jobs come in at a steady pace, and count the vendor"
                    + " calls that were repeated for it.",
            "Exit code 1 if a promise was broken; times are shown, never judged."
        })
final class ChaosWorkersCommand implements Callable<Integer> {

    private static final Duration SETTLED = Duration.ofSeconds(6);

    @Option(
            names = "--brokers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Kafka brokers, 1 to 3. Default: ${DEFAULT-VALUE}.")
    private int brokers;

    @Option(
            names = "--jobs-per-second",
            paramLabel = "N",
            defaultValue = "100",
            description = "How fast jobs come in. Default: ${DEFAULT-VALUE}.")
    private int jobsPerSecond;

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "lognormal:mean=4s,sigma=0.5",
            description = "How slow the vendor is. Default: ${DEFAULT-VALUE}.")
    private String latency = "";

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "45",
            description = "How long jobs come in before the first episode, uncounted. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(
            names = "--episodes",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = EpisodeNames.class,
            description = "Some of ${COMPLETION-CANDIDATES}, in the order in which they are to run. Default: all.")
    private List<String> episodes = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The names of episodes, for the help. */
    static final class EpisodeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Episode.values()).map(Episode::option).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        WorkersOptions options = options();
        return new DeploymentRun(spec).run(options.layout(), (deployment, progress) -> {
            List<EpisodeReport> reports = new WorkersScenario(deployment, options, progress).run();
            boolean kept = reports.stream().allMatch(report -> report.broken().isEmpty());
            return new DeploymentRun.Outcome(WorkersTable.of(reports), kept);
        });
    }

    private WorkersOptions options() {
        try {
            return new WorkersOptions(
                    brokers, jobsPerSecond, latency, Duration.ofSeconds(warmUpSeconds), SETTLED, chosenEpisodes());
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }

    /** Those that were named, else all but, where there are too few brokers, the crash of one. */
    private List<Episode> chosenEpisodes() {
        if (episodes.isEmpty()) {
            return Arrays.stream(Episode.values())
                    .filter(episode -> brokers >= 3 || episode != Episode.BROKER_CRASH)
                    .toList();
        }
        return episodes.stream().map(ChaosWorkersCommand::episode).toList();
    }

    private static Episode episode(String name) {
        return Arrays.stream(Episode.values())
                .filter(episode -> episode.option().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--episodes has '%s'; name some of %s".formatted(name, String.join(", ", new EpisodeNames()))));
    }
}
