package io.genapi.cli.command;

import io.genapi.benchmarks.webhooks.WebhooksBenchmark;
import io.genapi.benchmarks.webhooks.WebhooksOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What webhooks to endpoints that are well notice of those to sick ones. */
@Command(
        name = "webhooks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "The same events twice: for endpoints that are all well, and with some that hang or fail. Prints how long after"
                    + " an event its endpoint was told, as a ratio to the first run.",
            "Starts Kafka and a store as processes of their own, on a directory that is removed afterwards."
        })
final class BenchWebhooksCommand implements Callable<Integer> {

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Events of each run. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--endpoints",
            paramLabel = "N",
            defaultValue = "100",
            description = "Endpoints that share them. Default: ${DEFAULT-VALUE}.")
    private int endpoints;

    @Option(
            names = "--hanging",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of them never answer. Default: ${DEFAULT-VALUE}.")
    private int hanging;

    @Option(
            names = "--failing",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of them answer 500. Default: ${DEFAULT-VALUE}.")
    private int failing;

    @Option(
            names = "--per-second",
            paramLabel = "N",
            defaultValue = "200",
            description = "Events a second. Default: ${DEFAULT-VALUE}.")
    private int perSecond;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        WebhooksOptions options = options();
        return new DeploymentRun(spec)
                .run(
                        options.layout(),
                        (deployment, progress) -> new DeploymentRun.Outcome(
                                new WebhooksBenchmark(deployment, options, progress).run(), true));
    }

    private WebhooksOptions options() {
        try {
            return new WebhooksOptions(events, endpoints, hanging, failing, perSecond);
        } catch (IllegalArgumentException refused) {
            throw new CommandLine.ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }
}
