package io.genapi.runtime.secret;

import io.genapi.runtime.secret.SecretLookup.Absent;
import io.genapi.runtime.secret.SecretLookup.Found;
import java.util.Map;

/** Secrets in environment variables. One that is not there is a vendor that this process does not call. */
record EnvironmentSecrets(Map<String, String> environment) implements SecretSource {

    @Override
    public SecretLookup look(String name) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? new Absent() : new Found(new Secret(value.toCharArray()));
    }
}
