package io.genapi.cli.command;

import io.genapi.chaos.badhour.BadHourOptions;
import io.genapi.chaos.badhour.BadHourReport;
import io.genapi.chaos.badhour.BadHourScenario;
import io.genapi.chaos.badhour.BadHourTable;
import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.fault.VendorFault;
import io.genapi.chaos.limit.LimitReport;
import io.genapi.chaos.limit.LimitScenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What callers, and the other vendor, notice of a vendor's bad hour, as a table. */
@Command(
        name = "vendor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Let one of two vendors fail in one way after the other while callers wait for answers that either can give,"
                    + " and see what they and the other vendor notice.",
            "Exit code 1 if a promise was broken. A machine that is too slow for the rate breaks them too: lower it."
        })
final class ChaosVendorCommand implements Callable<Integer> {

    private static final String LIMIT = "limit";
    private static final int PER_MINUTE = 600;
    private static final Duration MEASURED = Duration.ofMinutes(2);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Callers a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--fault-for",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long each trouble lasts, such as 15s or 1m. Default: ${DEFAULT-VALUE}.")
    private String faultFor = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            split = ",",
            defaultValue = "refused,half-errors,429,hang,limit",
            description = "Some of refused, errors, half-errors, 429, hang, and limit, which looks for two and a half"
                    + " minutes at a vendor that allows 600 requests a minute. Default: ${DEFAULT-VALUE}.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Workers that call the vendors. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--latency",
            paramLabel = "LATENCY",
            defaultValue = "lognormal:mean=500ms,sigma=0.5",
            description = "How slow both vendors are, under 5 s. Default: ${DEFAULT-VALUE}.")
    private String latency = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BadHourOptions options = options();
        return new DeploymentRun(spec)
                .run(options.layout(), (deployment, progress) -> outcome(deployment, options, progress));
    }

    private DeploymentRun.Outcome outcome(Deployment deployment, BadHourOptions options, Consumer<String> progress) {
        StringBuilder tables = new StringBuilder();
        boolean kept = true;
        if (!options.faults().isEmpty()) {
            List<BadHourReport> reports = new BadHourScenario(deployment, options, progress).run();
            tables.append(BadHourTable.of(reports));
            kept = reports.stream().allMatch(report -> report.broken().isEmpty());
        }
        if (kinds.contains(LIMIT)) {
            LimitReport report =
                    new LimitScenario(deployment, BadHourOptions.SICK, PER_MINUTE, MEASURED, progress).run();
            tables.append(tables.isEmpty() ? "" : System.lineSeparator()).append(report.table());
            kept &= report.broken().isEmpty();
        }
        return new DeploymentRun.Outcome(tables.toString(), kept);
    }

    private BadHourOptions options() {
        try {
            List<VendorFault> faults = kinds.stream()
                    .filter(kind -> !kind.equals(LIMIT))
                    .map(kind -> ChaosOptions.fault("--kind", kind))
                    .toList();
            return new BadHourOptions(rate, ChaosOptions.duration("--fault-for", faultFor), faults, workers, latency);
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
