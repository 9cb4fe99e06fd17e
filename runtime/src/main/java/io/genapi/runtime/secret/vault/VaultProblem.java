package io.genapi.runtime.secret.vault;

import java.io.Serial;

/** Vault did not give what was asked for; the message says so in sentences, the remedy among them. */
final class VaultProblem extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private VaultProblem(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** Asking again brings the same answer, unless with another token. */
    static VaultProblem refused(String message) {
        return new VaultProblem(message, true);
    }

    /** Vault could not answer; it may later. */
    static VaultProblem away(String message) {
        return new VaultProblem(message, false);
    }

    boolean isRefused() {
        return refused;
    }

    String sentences() {
        return String.valueOf(getMessage());
    }
}
