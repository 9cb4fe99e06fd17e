package io.genapi.runtime.secret.vault;

import io.genapi.runtime.secret.Secret;
import io.genapi.runtime.secret.vault.VaultApi.Answer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Logs in as an application.
 *
 * @param mount of the auth method
 * @param secretId may be absent, where the role asks for none
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/auth/approle">Vault's reference</a>
 */
record AppRole(String mount, String roleId, PlainValue secretId) implements VaultLogin {

    @Override
    public VaultToken login(VaultApi api, InstantSource clock) throws VaultProblem {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("role_id", roleId);
        secretId.read().ifPresent(secret -> body.put("secret_id", secret.reveal()));
        Instant now = clock.instant();
        Answer answer = api.post("auth/" + mount + "/login", Optional.empty(), Optional.of(body));
        if (!answer.isGood()) {
            throw VaultProblem.refused(
                    "Vault does not let the role of genapi.vault.role-id in: %s (status %d). Look at it, at %s, and at genapi.vault.app-role-mount, which is '%s'."
                            .formatted(answer.errors(), answer.status(), secretId.names(), mount));
        }
        return leased(answer, now, true)
                .orElseThrow(
                        () -> VaultProblem.refused("Vault let the role in, and gave no token. Its log says more."));
    }

    /** The token of an answer that has one. */
    static Optional<VaultToken> leased(Answer answer, Instant now, boolean own) {
        String value = answer.body().path("auth").path("client_token").asString("");
        long seconds = answer.body().path("auth").path("lease_duration").asLong(0);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new VaultToken(
                        new Secret(value.toCharArray()),
                        now,
                        seconds > 0 ? Optional.of(now.plusSeconds(seconds)) : Optional.empty(),
                        answer.body().path("auth").path("renewable").asBoolean(false),
                        own));
    }
}
