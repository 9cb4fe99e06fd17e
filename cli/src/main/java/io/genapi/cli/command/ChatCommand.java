package io.genapi.cli.command;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
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
            description = "The model to ask. Default: " + ServedModel.USUAL + ", or the first that is served.")
    private Optional<String> named = Optional.empty();

    @Option(names = "--stream", description = "Print the answer as it comes.")
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
        if (stream && async) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--stream waits for the answer and --async does not. Leave one out.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Gateway gateway = options.gateway()) {
            String model = named.isPresent() ? named.get() : served(gateway);
            return stream ? stream(gateway, model, out) : answer(gateway, model, out);
        }
    }

    private String served(Gateway gateway) throws InterruptedException {
        String model = ServedModel.choose(
                gateway.get("/v1/models").json(), gateway.get("/health").json());
        if (!model.equals(ServedModel.USUAL)) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    "Asking %s, because no vendor of %s has a key. Name another with --model.%n",
                    model, ServedModel.USUAL);
            err.flush();
        }
        return model;
    }

    private int stream(Gateway gateway, String model, PrintWriter out) throws InterruptedException {
        Answer answer = gateway.stream(ChatBody.streamed(model, question), PATIENCE, chunk -> {
            out.print(ChatBody.pieceText(chunk));
            out.flush();
        });
        out.println();
        out.flush();
        require(answer);
        return ExitCodes.OK;
    }

    private int answer(Gateway gateway, String model, PrintWriter out) throws InterruptedException {
        byte[] body = ChatBody.of(model, question);
        Answer answer = async ? gateway.submit(body) : gateway.complete(body, PATIENCE);
        require(answer);
        out.println(async ? answer.json().path("id").asString("") : ChatBody.answerText(answer));
        out.flush();
        return ExitCodes.OK;
    }

    private static void require(Answer answer) {
        if (!answer.successful()) {
            throw new CommandFailure(ExitCodes.FAILED, answer.errorMessage());
        }
    }
}
