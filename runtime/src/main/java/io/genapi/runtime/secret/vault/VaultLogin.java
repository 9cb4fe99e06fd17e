package io.genapi.runtime.secret.vault;

import java.time.InstantSource;

/** How a process comes to a token. What it needs for that it reads anew each time. */
@FunctionalInterface
interface VaultLogin {

    VaultToken login(VaultApi api, InstantSource clock) throws VaultProblem;
}
