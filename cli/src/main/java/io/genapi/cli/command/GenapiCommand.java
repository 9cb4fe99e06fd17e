package io.genapi.cli.command;

import io.genapi.cli.client.UnreachableGatewayException;
import io.genapi.cli.deadletter.DeadLetterException;
import io.genapi.cli.deadletter.UnreachableKafkaException;
import io.genapi.runtime.service.StartException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The {@code genapi} command. */
@Command(
        name = "genapi",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "An asynchronous LLM request broker on Kafka.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ReloadCommand.class,
            ChatCommand.class,
            RunCommand.class,
            JobsCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            KeysCommand.class,
            SecretsCommand.class,
            TestCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:what was asked for failed",
            "2:the command line, or a file named on it, is wrong",
            "3:no broker runs, or it cannot be reached",
            "130:interrupted"
        })
public final class GenapiCommand {

    private static final Logger LOG = LoggerFactory.getLogger(GenapiCommand.class);

    private GenapiCommand() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command line and returns its exit code. */
    static int execute(String... arguments) {
        return commandLine().execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new GenapiCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(GenapiCommand::report);
    }

    /** A user's mistake is told in a sentence; only what nobody foresaw comes with a stack trace, in the log. */
    private static int report(Exception failure, CommandLine line, ParseResult result) {
        PrintWriter err = line.getErr();
        int exitCode = switch (failure) {
            case CommandFailure told -> told.exitCode();
            case StartException _ -> ExitCodes.FAILED;
            case UnreachableGatewayException _, UnreachableKafkaException _ -> ExitCodes.UNAVAILABLE;
            case DeadLetterException _ -> ExitCodes.FAILED;
            case InterruptedException _ -> ExitCodes.INTERRUPTED;
            default -> {
                LOG.error("genapi failed", failure);
                yield ExitCodes.FAILED;
            }
        };
        err.println(failure instanceof InterruptedException ? "Interrupted." : failure.getMessage());
        err.flush();
        return exitCode;
    }
}
