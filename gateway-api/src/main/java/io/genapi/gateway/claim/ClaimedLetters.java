package io.genapi.gateway.claim;

import java.util.Set;

/** The dead letters whose bodies lie elsewhere: they may be put back for as long as they are kept. */
@FunctionalInterface
public interface ClaimedLetters {

    /**
     * The keys of all their bodies.
     *
     * @throws RuntimeException if that cannot be told now
     */
    Set<String> claims() throws InterruptedException;
}
