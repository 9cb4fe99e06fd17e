package io.genapi.runtime.secret.vault;

import io.genapi.runtime.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A secret that stands in a file, or else in an environment variable.
 *
 * @param setting that names the file
 */
record PlainValue(String setting, Optional<Path> file, String variable, Map<String, String> environment) {

    /** @return empty if neither has one */
    Optional<Secret> read() throws VaultProblem {
        String value = file.isPresent() ? content(file.get()) : environment.getOrDefault(variable, "");
        return Optional.of(value.strip()).filter(text -> !text.isEmpty()).map(text -> new Secret(text.toCharArray()));
    }

    private String content(Path path) throws VaultProblem {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw VaultProblem.refused(
                    "The file '%s' cannot be read: %s. Set %s to one that can.".formatted(path, unreadable, setting));
        }
    }

    /** Where it can be set. */
    String names() {
        return variable + " or " + setting;
    }

    /** The environment is not for showing. */
    @Override
    public String toString() {
        return names();
    }
}
