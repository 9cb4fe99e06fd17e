package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at jobs, and ends those that are no longer wanted. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Look at jobs: list them, show one; cancel some; put dead letters back.",
        subcommands = RedriveCommand.class,
        synopsisSubcommandLabel = "(list | show | cancel | redrive)")
final class JobsCommand extends CommandGroup {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "List jobs, the newest first.")
    int list(
            @Mixin GatewayOptions options,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many, 1 to 100. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(names = "--after", paramLabel = "ID", description = "Those after this one in the list.")
                    Optional<String> after,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            description = "Only queued, running, parked, succeeded, failed, cancelled or expired ones.")
                    Optional<String> status)
            throws InterruptedException {
        StringBuilder path = new StringBuilder("/v1/jobs?limit=" + limit);
        after.ifPresent(id -> path.append("&after=").append(Gateway.encoded(id)));
        status.ifPresent(word -> path.append("&status=").append(Gateway.encoded(word)));
        JsonNode page = asked(options, path.toString(), Duration.ZERO);
        PrintWriter out = out();
        for (JsonNode job : page.path("data")) {
            out.printf(
                    "%-30s  %-9s  %-16s  %s  %s%n",
                    job.path("id").asString(""),
                    job.path("status").asString(""),
                    job.path("model").asString("-"),
                    job.path("created_at").asString(""),
                    job.path("correlation_id").asString(""));
        }
        if (page.path("has_more").asBoolean(false)) {
            out.printf(
                    "More with: genapi jobs list --after %s%n",
                    page.path("last_id").asString(""));
        }
        out.flush();
        return ExitCodes.OK;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Show one job with its result.")
    int show(
            @Mixin GatewayOptions options,
            @Parameters(paramLabel = "ID", description = "The job's id.") String id,
            @Option(
                            names = "--wait",
                            paramLabel = "SECONDS",
                            defaultValue = "0",
                            description = "Wait that long for its end. Default: ${DEFAULT-VALUE}.")
                    int wait)
            throws InterruptedException {
        JsonNode job = asked(options, "/v1/jobs/" + Gateway.encoded(id), Duration.ofSeconds(wait));
        PrintWriter out = out();
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(job));
        out.flush();
        return ExitCodes.OK;
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Cancel jobs. One that has ended already stays as it is.")
    int cancel(
            @Mixin GatewayOptions options,
            @Parameters(arity = "1..*", paramLabel = "ID", description = "The jobs' ids.") List<String> ids)
            throws InterruptedException {
        PrintWriter out = out();
        PrintWriter err = err();
        boolean all = true;
        try (Gateway gateway = options.gateway()) {
            for (String id : ids) {
                Answer answer = gateway.cancel(Gateway.encoded(id));
                if (answer.successful()) {
                    out.printf("%-30s  %s%n", id, standing(answer));
                } else {
                    all = false;
                    err.printf("%s: %s%n", id, answer.errorMessage());
                }
            }
        }
        out.flush();
        err.flush();
        return all ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static String standing(Answer answer) {
        String status = answer.json().path("status").asString("");
        return answer.status() == 202 ? status + ", and will be cancelled" : status;
    }

    private static JsonNode asked(GatewayOptions options, String path, Duration wait) throws InterruptedException {
        try (Gateway gateway = options.gateway()) {
            Answer answer = wait.isZero() ? gateway.get(path) : gateway.job(path.substring("/v1/jobs/".length()), wait);
            if (!answer.successful()) {
                throw new CommandFailure(ExitCodes.FAILED, answer.errorMessage());
            }
            return answer.json();
        }
    }
}
