package io.genapi.runtime.secret.vault;

import io.genapi.runtime.secret.Secret;
import io.genapi.runtime.secret.SecretLookup;
import io.genapi.runtime.secret.SecretLookup.Found;
import io.genapi.runtime.secret.SecretLookup.Refused;
import io.genapi.runtime.secret.SecretSource;
import io.genapi.runtime.secret.vault.VaultApi.Answer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The newest version of secrets in Vault. Logs in when it is first asked. Thread-safe. */
public final class VaultSecrets implements SecretSource, AutoCloseable {

    /** Makes the session when one is needed, so that who has nothing in Vault needs none. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws VaultProblem;
    }

    record Connection(VaultApi api, VaultSession session) {}

    private final Opening opening;
    private Optional<Connection> connection = Optional.empty();

    VaultSecrets(Opening opening) {
        this.opening = opening;
    }

    @Override
    public SecretLookup look(String name) {
        Optional<VaultReference> reference = VaultReference.parse(name);
        if (reference.isEmpty()) {
            return new Refused("Write vault:MOUNT/PATH#FIELD, such as vault:secret/genapi/openai#api-key.");
        }
        try {
            Connection open = connection();
            return look(reference.get(), open);
        } catch (VaultProblem problem) {
            return new Refused(problem.sentences());
        }
    }

    private synchronized Connection connection() throws VaultProblem {
        if (connection.isEmpty()) {
            connection = Optional.of(opening.open());
        }
        return connection.get();
    }

    private static SecretLookup look(VaultReference reference, Connection open) throws VaultProblem {
        Answer answer = read(reference, open, open.session().token());
        if (answer.status() == 403) {
            // It may be the token: revoked, or past an end that this process did not know.
            answer = read(reference, open, open.session().token());
        }
        return understood(reference, answer);
    }

    private static Answer read(VaultReference reference, Connection open, VaultToken token) throws VaultProblem {
        Answer answer = open.api().get(reference.apiPath(), Optional.of(token.value()));
        if (answer.status() == 403) {
            open.session().forget(token);
        }
        return answer;
    }

    private static SecretLookup understood(VaultReference reference, Answer answer) {
        if (answer.status() == 403) {
            return new Refused("Vault forbids to read '%s': %s. Let a policy of the login have 'read' on '%s'."
                    .formatted(reference, answer.errors(), reference.apiPath()));
        }
        JsonNode data = answer.body().path("data");
        if (answer.status() == 404) {
            return new Refused(
                    data.has("metadata")
                            ? "The newest version of '%s' in Vault is deleted. Undelete it, or write another."
                                    .formatted(reference)
                            : "Vault has no secret '%s', or '%s' is no KV engine of version 2. Write it with: vault kv put -mount=%s %s %s=…"
                                    .formatted(
                                            reference,
                                            reference.mount(),
                                            reference.mount(),
                                            reference.path(),
                                            reference.field()));
        }
        if (!answer.isGood()) {
            return new Refused("Vault did not answer for '%s' but with status %d: %s. Its log says more."
                    .formatted(reference, answer.status(), answer.errors()));
        }
        JsonNode value = data.path("data").path(reference.field());
        if (!value.isString() || value.asString().isBlank()) {
            return new Refused("The secret '%s' in Vault has no text in '%s'; its fields are: %s."
                    .formatted(
                            reference,
                            reference.field(),
                            String.join(", ", data.path("data").propertyNames())));
        }
        return new Found(new Secret(value.asString().strip().toCharArray()));
    }

    /** Gives back the token that was made for this process. */
    @Override
    public synchronized void close() {
        connection.ifPresent(open -> open.session().close());
        connection = Optional.empty();
    }
}
