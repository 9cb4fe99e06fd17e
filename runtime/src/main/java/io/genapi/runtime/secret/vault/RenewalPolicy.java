package io.genapi.runtime.secret.vault;

import java.time.Duration;
import java.time.Instant;

/** When a token is to be renewed, and when to log in again instead. Pure. */
final class RenewalPolicy {

    /** No sooner, whatever the lease: Vault is not to be asked all the time. */
    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    /** No later: what is due in a year may as well be done earlier. */
    static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private RenewalPolicy() {}

    /** After two thirds of what is left of the lease: a failure leaves time for others. */
    static Duration pause(Instant now, Instant until) {
        Duration pause = Duration.between(now, until).multipliedBy(2).dividedBy(3);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** A lease that a renewal did not lengthen has met the longest life of its token, so that only another helps. */
    static boolean isLonger(VaultToken renewed, VaultToken before) {
        return renewed.until().isEmpty()
                || before.until()
                        .map(end -> renewed.until().get().isAfter(end.plus(SHORTEST_PAUSE)))
                        .orElse(true);
    }
}
