package io.genapi.cli.command;

import io.genapi.runtime.secret.file.SecretsKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make a key, and print it or put it into a file.",
            "Keep a copy of it where the encrypted file is not: without it, what is in the file is lost."
        })
final class SecretsKeyCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Make this file, with mode 0600, instead of printing the key.")
    private Optional<Path> out = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        try (SecretsKey key = SecretsKey.fresh(new SecureRandom())) {
            char[] text = key.toBase64();
            if (out.isEmpty()) {
                terminal.println(text);
            } else {
                write(out.get(), text);
                terminal.printf("%s holds a new key, %s.%n", out.get(), key.id());
            }
            Arrays.fill(text, '\0');
        }
        terminal.flush();
        return ExitCodes.OK;
    }

    private static void write(Path file, char[] key) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, new String(key) + "\n");
        } catch (FileAlreadyExistsException taken) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "'%s' is there already, and may be a key in use. Name another.".formatted(file));
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    ExitCodes.FAILED, "'%s' cannot be written: %s. Name another.".formatted(file, unwritable));
        }
    }
}
