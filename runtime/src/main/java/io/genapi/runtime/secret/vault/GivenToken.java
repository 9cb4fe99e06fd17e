package io.genapi.runtime.secret.vault;

import io.genapi.runtime.secret.Secret;
import io.genapi.runtime.secret.vault.VaultApi.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes the token that somebody else made. */
record GivenToken(PlainValue token) implements VaultLogin {

    @Override
    public VaultToken login(VaultApi api, InstantSource clock) throws VaultProblem {
        Secret value = token.read()
                .orElseThrow(() -> VaultProblem.refused(
                        "There is no login for Vault. Set %s, or genapi.vault.role-id.".formatted(token.names())));
        Instant now = clock.instant();
        Answer answer = api.get("auth/token/lookup-self", Optional.of(value));
        if (answer.status() == 403) {
            throw VaultProblem.refused("Vault does not take the token: %s. Put one that is valid into %s."
                    .formatted(answer.errors(), token.names()));
        }
        Duration left =
                Duration.ofSeconds(answer.body().path("data").path("ttl").asLong(0));
        return new VaultToken(
                value,
                now,
                left.isPositive() ? Optional.of(now.plus(left)) : Optional.empty(),
                answer.body().path("data").path("renewable").asBoolean(false),
                false);
    }
}
