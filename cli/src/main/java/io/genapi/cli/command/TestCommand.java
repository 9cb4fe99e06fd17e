package io.genapi.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Listed for its help: the launcher runs the tests itself, because they build what this command is part of. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Run everything that CI checks: format, nullness, architecture, unit, integration and system tests.")
final class TestCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandFailure(ExitCodes.USAGE, "Run the tests with the launcher: ./genapi test");
    }
}
