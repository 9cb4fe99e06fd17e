package io.genapi.cli.command;

import io.genapi.runtime.secret.file.KeyPlace;
import io.genapi.runtime.secret.file.SecretEntries;
import io.genapi.runtime.secret.file.SecretsFile;
import io.genapi.runtime.secret.file.SecretsKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exchanges the key. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Encrypt the file with another key.",
            "The old key is needed for that, and opens older copies of the file for ever: where it became known, change"
                    + " the vendors' keys too."
        })
final class SecretsRotateCommand implements Callable<Integer> {

    private static final String NEW_KEY_FILE = "--new-key-file";
    private static final String NEW_KEY = "GENAPI_SECRETS_NEW_KEY";

    @Mixin
    private SecretsOptions options = new SecretsOptions();

    @Option(
            names = NEW_KEY_FILE,
            paramLabel = "FILE",
            description = "The new key, in a file of mode 0600. Default: the key itself in " + NEW_KEY + ".")
    private Optional<Path> newKeyFile = Optional.empty();

    @Mixin
    private Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        SecretsFile file = options.file();
        KeyPlace newPlace = new KeyPlace(newKeyFile, NEW_KEY_FILE, NEW_KEY, System.getenv());
        try (SecretsKey old = options.key();
                SecretsKey fresh = newPlace.read();
                SecretEntries entries = file.read(old)) {
            if (old.id().equals(fresh.id())) {
                throw new CommandFailure(
                        ExitCodes.USAGE, "The new key is the old one. Make another with: ./genapi secrets key");
            }
            file.write(entries, fresh, new SecureRandom());
            terminal.print("%s is encrypted with %s now, not with %s.".formatted(file.path(), fresh, old));
            return ExitCodes.OK;
        }
    }
}
