package io.genapi.runtime.secret.vault;

import io.genapi.runtime.secret.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * What Vault knows a process by.
 *
 * @param since when Vault gave this lease
 * @param until when it ends; empty if never
 * @param renewable whether Vault may be asked for more
 * @param own whether it was made for this process, which then gives it back at its end
 */
record VaultToken(Secret value, Instant since, Optional<Instant> until, boolean renewable, boolean own) {

    boolean isOver(Instant now) {
        return until.isPresent() && !now.isBefore(until.get());
    }
}
