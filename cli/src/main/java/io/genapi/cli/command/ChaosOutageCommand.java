package io.genapi.cli.command;

import io.genapi.chaos.outage.OutageOptions;
import io.genapi.chaos.outage.OutageReport;
import io.genapi.chaos.outage.OutageScenario;
import io.genapi.chaos.outage.OutageTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Promise 3 as a table. */
@Command(
        name = "vendor-outage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Let one of two vendors be away while half of a queue of jobs is for it, and see what becomes of its jobs and"
                    + " of the other vendor's.",
            "Exit code 1 if a promise was broken; times are shown, never judged."
        })
final class ChaosOutageCommand implements Callable<Integer> {

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Jobs in the queue. Default: ${DEFAULT-VALUE}.")
    private int jobs;

    @Option(
            names = "--outage",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long, such as 30s or 10m; until the other vendor's jobs are done at least."
                    + " Default: ${DEFAULT-VALUE}.")
    private String outage = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "refused",
            description = "refused, errors, half-errors, hang or 429. Default: ${DEFAULT-VALUE}.")
    private String kind = "";

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "lognormal:mean=500ms,sigma=0.5",
            description = "How slow both vendors are, under 10 s. Default: ${DEFAULT-VALUE}.")
    private String latency = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        OutageOptions options = options();
        return new DeploymentRun(spec).run(options.layout(), (deployment, progress) -> {
            OutageReport report = new OutageScenario(deployment, options, progress).run();
            return new DeploymentRun.Outcome(
                    OutageTable.of(report), report.broken().isEmpty());
        });
    }

    private OutageOptions options() {
        try {
            return new OutageOptions(
                    jobs, ChaosOptions.duration("--outage", outage), ChaosOptions.fault("--kind", kind), latency);
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
