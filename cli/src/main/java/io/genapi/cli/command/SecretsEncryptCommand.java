package io.genapi.cli.command;

import io.genapi.cli.secret.InvalidSecretsException;
import io.genapi.cli.secret.PlainSecrets;
import io.genapi.runtime.secret.file.SecretEntries;
import io.genapi.runtime.secret.file.SecretsFile;
import io.genapi.runtime.secret.file.SecretsKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Encrypts what is in the clear elsewhere. */
@Command(
        name = "encrypt",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Put secrets into the encrypted file, which is made where there is none.",
            "They come one NAME=VALUE or NAME: VALUE a line, as in properties or flat YAML; # begins a comment."
        })
final class SecretsEncryptCommand implements Callable<Integer> {

    private static final int LARGEST = 1 << 20;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..1",
            description = "The file to read them from. Default: standard input.")
    private Optional<Path> input = Optional.empty();

    @Mixin
    private SecretsOptions options = new SecretsOptions();

    @Option(
            names = "--replace",
            description = "Keep nothing of what the file has. Without it, only secrets of the same names are replaced.")
    private boolean replace;

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        SecretsFile file = options.file();
        try (SecretsKey key = options.key();
                SecretEntries given = given();
                SecretEntries entries = replace ? new SecretEntries() : SecretsOptions.entries(file, key)) {
            if (given.names().isEmpty()) {
                throw new CommandFailure(
                        ExitCodes.USAGE, source() + " has no secret in it. Write one NAME=VALUE a line.");
            }
            entries.putAll(given);
            file.write(entries, key, new SecureRandom());
            terminal.print(SecretsOptions.described(file, entries));
        }
        input.ifPresent(plain -> terminal.print("'%s' still has them in the clear. Remove it.".formatted(plain)));
        return ExitCodes.OK;
    }

    private SecretEntries given() {
        byte[] bytes = new byte[0];
        try {
            bytes = read();
            if (bytes.length > LARGEST) {
                throw new CommandFailure(
                        ExitCodes.USAGE, source() + " has more than 1 MiB. Name the file with the secrets.");
            }
            return PlainSecrets.read(bytes);
        } catch (InvalidSecretsException mistake) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "Nothing was encrypted: %s, %s.".formatted(source(), mistake.getMessage()));
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCodes.USAGE, "%s cannot be read: %s.".formatted(source(), unreadable));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] read() throws IOException {
        if (input.isEmpty()) {
            return System.in.readNBytes(LARGEST + 1);
        }
        try (var stream = Files.newInputStream(input.get())) {
            return stream.readNBytes(LARGEST + 1);
        }
    }

    private String source() {
        return input.map(plain -> "'" + plain + "'").orElse("Standard input");
    }
}
