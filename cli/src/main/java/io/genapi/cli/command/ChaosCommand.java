package io.genapi.cli.command;

import picocli.CommandLine.Command;

/** Holds the broker to its promises: real processes that come, go and die under load. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Break things on purpose, on processes of its own, and see what the promises are worth.",
        synopsisSubcommandLabel = "(workers | vendor | vendor-outage)",
        subcommands = {ChaosWorkersCommand.class, ChaosVendorCommand.class, ChaosOutageCommand.class})
final class ChaosCommand extends CommandGroup {}
