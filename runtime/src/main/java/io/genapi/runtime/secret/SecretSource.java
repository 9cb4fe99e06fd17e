package io.genapi.runtime.secret;

/**
 * One place that secrets are found in. Asked whenever the catalog is read, and answers with what is there then; keeps
 * none. Thread-safe.
 */
@FunctionalInterface
public interface SecretSource {

    /** @param name what follows the colon of a reference */
    SecretLookup look(String name);
}
