package io.genapi.runtime.secret.vault;

import io.genapi.runtime.secret.vault.VaultApi.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Being logged in to Vault: from the first question on, and renewed before it ends. Thread-safe. */
final class VaultSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);

    /** Does something later, once. */
    @FunctionalInterface
    interface Alarm {
        void set(Duration pause, Runnable task);
    }

    private final VaultApi api;
    private final VaultLogin login;
    private final Alarm alarm;
    private final InstantSource clock;
    private Optional<VaultToken> current = Optional.empty();

    VaultSession(VaultApi api, VaultLogin login, Alarm alarm, InstantSource clock) {
        this.api = api;
        this.login = login;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** One that should be good; Vault may have revoked it. */
    synchronized VaultToken token() throws VaultProblem {
        if (current.isEmpty() || current.get().isOver(clock.instant())) {
            take(login.login(api, clock));
        }
        return current.orElseThrow();
    }

    /** Vault did not take it, so that the next question needs another. */
    synchronized void forget(VaultToken refused) {
        current = current.filter(token -> !token.equals(refused));
    }

    private void take(VaultToken token) {
        current = Optional.of(token);
        token.until().ifPresent(end -> alarm.set(RenewalPolicy.pause(clock.instant(), end), () -> renew(token)));
    }

    /** @param due the token that the alarm was set for; another may have come since, with an alarm of its own */
    private synchronized void renew(VaultToken due) {
        if (!current.equals(Optional.of(due))) {
            return;
        }
        try {
            Optional<VaultToken> renewed = renewed(due).filter(token -> RenewalPolicy.isLonger(token, due));
            if (renewed.isPresent()) {
                take(renewed.get());
                LOG.debug("Vault renewed the token");
            } else {
                VaultToken fresh = login.login(api, clock);
                if (fresh.value().equals(due.value())) {
                    LOG.warn(
                            "The token for Vault ends at {} and cannot be renewed; put another in its place",
                            due.until());
                }
                take(fresh);
            }
        } catch (VaultProblem problem) {
            LOG.warn("The token for Vault was not renewed: {}", problem.sentences());
            Instant now = clock.instant();
            due.until()
                    .filter(now::isBefore)
                    .ifPresent(end -> alarm.set(RenewalPolicy.pause(now, end), () -> renew(due)));
        }
    }

    /** @return empty if Vault does not want to */
    private Optional<VaultToken> renewed(VaultToken token) throws VaultProblem {
        if (!token.renewable()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Answer answer = api.post("auth/token/renew-self", Optional.of(token.value()), Optional.empty());
        return answer.isGood() ? AppRole.leased(answer, now, token.own()) : Optional.empty();
    }

    /** Gives the token back, if it was made for this process. */
    @Override
    public synchronized void close() {
        Optional<VaultToken> own = current.filter(VaultToken::own);
        current = Optional.empty();
        own.ifPresent(token -> {
            try {
                api.post("auth/token/revoke-self", Optional.of(token.value()), Optional.empty());
            } catch (VaultProblem away) {
                LOG.debug("The token for Vault was not given back: {}", away.sentences());
            }
        });
    }
}
