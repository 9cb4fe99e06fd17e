package io.genapi.runtime.secret;

import io.genapi.runtime.secret.SecretLookup.NoReference;
import io.genapi.runtime.secret.SecretLookup.Refused;
import java.util.Map;

/** The places that a process looks for secrets in, by how a reference to each begins. Thread-safe. */
public final class SecretSources {

    /** How a reference to an environment variable begins. */
    public static final String ENVIRONMENT = "env:";
    /** To an entry of the encrypted file. */
    public static final String FILE = "secret:";
    /** To a field of a secret in Vault. */
    public static final String VAULT = "vault:";

    private static final SecretSource NOT_HERE = _ -> new Refused("This process looks in its environment only.");

    private final Map<String, SecretSource> sources;

    private SecretSources(Map<String, SecretSource> sources) {
        this.sources = sources;
    }

    /** All three. */
    public static SecretSources of(Map<String, String> environment, SecretSource file, SecretSource vault) {
        return new SecretSources(
                Map.of(ENVIRONMENT, new EnvironmentSecrets(Map.copyOf(environment)), FILE, file, VAULT, vault));
    }

    /** The environment only. */
    public static SecretSources of(Map<String, String> environment) {
        return of(environment, NOT_HERE, NOT_HERE);
    }

    /** @param reference as the catalog has it, such as {@code env:NAME} */
    public SecretLookup look(String reference) {
        int nameAt = reference.indexOf(':') + 1;
        SecretSource source = sources.get(reference.substring(0, nameAt));
        return source == null ? new NoReference() : source.look(reference.substring(nameAt));
    }
}
