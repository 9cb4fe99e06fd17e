package io.genapi.cli.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: its subcommands do. */
abstract class CommandGroup implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Where its subcommands that are methods write to. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Without a subcommand, it asks for one. */
    @Override
    public final void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say what to do: %s %s."
                        .formatted(spec.qualifiedName(), spec.usageMessage().synopsisSubcommandLabel()));
    }
}
