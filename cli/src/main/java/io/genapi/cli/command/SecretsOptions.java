package io.genapi.cli.command;

import io.genapi.runtime.secret.file.KeyPlace;
import io.genapi.runtime.secret.file.SecretEntries;
import io.genapi.runtime.secret.file.SecretsFile;
import io.genapi.runtime.secret.file.SecretsKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which file of secrets, and which key. */
final class SecretsOptions {

    static final String KEY_FILE = "--key-file";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "${env:GENAPI_SECRETS_FILE}",
            description = "The encrypted file. Default: GENAPI_SECRETS_FILE in the environment, else secrets.enc beside"
                    + " config/genapi.yaml.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = KEY_FILE,
            paramLabel = "FILE",
            defaultValue = "${env:GENAPI_SECRETS_KEY_FILE}",
            description = "The key, in a file of mode 0600. Default: GENAPI_SECRETS_KEY_FILE, else the key itself in"
                    + " GENAPI_SECRETS_KEY.")
    private Optional<Path> keyFile = Optional.empty();

    SecretsFile file() {
        return new SecretsFile(file.orElseGet(() -> InstalledFiles.catalog().resolveSibling(SecretsFile.NAME)));
    }

    SecretsKey key() {
        return new KeyPlace(keyFile, KEY_FILE, KeyPlace.VARIABLE, System.getenv()).read();
    }

    /** What is in the file; nothing where there is none yet. */
    static SecretEntries entries(SecretsFile file, SecretsKey key) {
        return file.exists() ? file.read(key) : new SecretEntries();
    }

    /** What the file has now, in a sentence. */
    static String described(SecretsFile file, SecretEntries entries) {
        int count = entries.names().size();
        return "%s has %d secret%s%s."
                .formatted(
                        file.path(),
                        count,
                        count == 1 ? "" : "s",
                        count == 0 ? "" : ": " + String.join(", ", entries.names()));
    }
}
