package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks one question. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ask one question and print the answer.")
final class ChatCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(11);

    @Parameters(paramLabel = "TEXT", description = "The question.")
    private String question = "";

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "gpt-4o-mini",
            description = "The model to ask. Default: ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(names = "--stream", description = "Print the answer as it comes. Not in this version yet.")
    private boolean stream;

    @Option(names = "--async", description = "Do not wait: print the job's id, to look at with: genapi jobs show ID.")
    private boolean async;

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (stream) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "--stream is not in this version yet. Leave it out to get the answer in one piece.");
        }
        byte[] body = ChatBody.of(model, question);
        PrintWriter out = spec.commandLine().getOut();
        try (Gateway gateway = options.gateway()) {
            Answer answer = async ? gateway.submit(body) : gateway.complete(body, PATIENCE);
            if (!answer.successful()) {
                throw new CommandFailure(ExitCodes.FAILED, answer.errorMessage());
            }
            out.println(async ? answer.json().path("id").asString("") : ChatBody.answerText(answer));
            out.flush();
            return ExitCodes.OK;
        }
    }
}
