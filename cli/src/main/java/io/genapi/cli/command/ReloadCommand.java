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

/** Has a running broker read its vendor catalog again. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = {
            "Have every running process read its vendor catalog now, its keys too, and show what each says.",
            "Without it, they read the file by themselves within 2 s of its change."
        })
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Gateway gateway = options.gateway()) {
            Answer answer = gateway.reload();
            if (!answer.successful()) {
                throw new CommandFailure(ExitCodes.FAILED, answer.errorMessage());
            }
            boolean everywhere = true;
            for (JsonNode process : answer.json().path("processes")) {
                everywhere &= show(process);
            }
            spec.commandLine().getOut().flush();
            return everywhere ? ExitCodes.OK : ExitCodes.FAILED;
        }
    }

    /** Whether the process goes by the file. */
    private boolean show(JsonNode process) {
        PrintWriter out = spec.commandLine().getOut();
        String outcome = process.path("outcome").asString("?");
        out.printf("%-9s  %s%n", outcome, process.path("instance").asString("?"));
        process.path("changes").forEach(change -> out.printf("           %s%n", change.asString("")));
        process.path("reason").stringValueOpt().ifPresent(reason -> out.printf("           %s%n", reason));
        return outcome.equals("applied") || outcome.equals("unchanged");
    }
}
