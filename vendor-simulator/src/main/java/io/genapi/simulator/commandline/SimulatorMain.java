package io.genapi.simulator.commandline;

import picocli.CommandLine;

/** Runs the simulator as a process of its own. Exit codes: 1 could not start, 2 wrong arguments. */
public final class SimulatorMain {

    private SimulatorMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SimulatorCommand())
                .setParameterExceptionHandler((refused, _) -> {
                    CommandLine commandLine = refused.getCommandLine();
                    commandLine.getErr().println(refused.getMessage());
                    commandLine.getErr().println("See --help for the options.");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setUsageHelpAutoWidth(true);
    }
}
