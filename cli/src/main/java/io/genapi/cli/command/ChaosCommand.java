package io.genapi.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds the broker to its promises: real processes that come, go and die under load. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Break things on purpose, on processes of its own, and see what the promises are worth.",
        synopsisSubcommandLabel = "(workers | vendor | vendor-outage)",
        subcommands = {ChaosWorkersCommand.class, ChaosVendorCommand.class, ChaosOutageCommand.class})
final class ChaosCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to break: workers, vendor or vendor-outage.");
    }
}
