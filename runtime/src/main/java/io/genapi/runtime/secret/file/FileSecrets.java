package io.genapi.runtime.secret.file;

import io.genapi.runtime.secret.Secret;
import io.genapi.runtime.secret.SecretLookup;
import io.genapi.runtime.secret.SecretLookup.Found;
import io.genapi.runtime.secret.SecretLookup.Refused;
import io.genapi.runtime.secret.SecretSource;
import java.util.Arrays;

/** The secrets of an encrypted file. Each look opens it anew and forgets it again. */
public record FileSecrets(SecretsFile file, KeyPlace keyPlace) implements SecretSource {

    @Override
    public SecretLookup look(String name) {
        try (SecretsKey key = keyPlace.read();
                SecretEntries entries = file.read(key)) {
            return entries.value(name).map(FileSecrets::found).orElseGet(() -> absent(name, entries));
        } catch (SecretsFileException unusable) {
            return new Refused(String.valueOf(unusable.getMessage()));
        }
    }

    private static SecretLookup found(char[] value) {
        Secret secret = new Secret(value);
        Arrays.fill(value, '\0');
        return new Found(secret);
    }

    private SecretLookup absent(String name, SecretEntries entries) {
        return new Refused("The secrets file '%s' has no '%s'; it has: %s. Add it with: ./genapi secrets edit --file %s"
                .formatted(
                        file.path(),
                        name,
                        entries.names().isEmpty() ? "nothing" : String.join(", ", entries.names()),
                        file.path()));
    }
}
