package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows how a broker is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show how the broker, its parts and its vendors are.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Gateway gateway = options.gateway()) {
            Answer answer = gateway.get("/health");
            JsonNode health = answer.json();
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s  %s%n", gateway.base(), health.path("status").asString("no health report"));
            health.path("services")
                    .properties()
                    .forEach(service -> out.printf("  %-10s %s%n", service.getKey(), word(service.getValue())));
            health.path("vendors")
                    .properties()
                    .forEach(vendor -> out.printf(
                            "  vendor %-10s %-9s %s ms mean, %.1f %% errors%n",
                            vendor.getKey(),
                            word(vendor.getValue().path("status")),
                            vendor.getValue().path("response_time_ms").asString("-"),
                            100 * vendor.getValue().path("error_rate").asDouble(0)));
            health.path("details")
                    .path("instances")
                    .forEach(instance -> instance.path("catalog_problem")
                            .stringValueOpt()
                            .ifPresent(problem -> out.printf(
                                    "  %s goes by an older catalog: %s%n",
                                    instance.path("instance").asString("?"), problem)));
            out.flush();
            return answer.successful() ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    private static String word(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
