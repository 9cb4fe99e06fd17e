package io.genapi.cli.command;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command says what came of it, as a mixin. */
@Command
final class Terminal {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** What was asked for, a line. */
    void print(String line) {
        say(command.commandLine().getOut(), line);
    }

    /** What is to be known about it, a line that goes to nobody's file. */
    void tell(String line) {
        say(command.commandLine().getErr(), line);
    }

    private static void say(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }
}
