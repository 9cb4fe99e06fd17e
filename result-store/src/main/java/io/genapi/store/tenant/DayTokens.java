package io.genapi.store.tenant;

import java.time.LocalDate;

/** The tokens of one tenant's jobs that ended on one day, in UTC. Immutable. */
public record DayTokens(LocalDate day, long tokens) {

    /** Only the newest day is kept; what ended on an earlier one comes too late to count. */
    public DayTokens plus(LocalDate ended, long more) {
        if (ended.isBefore(day)) {
            return this;
        }
        return ended.equals(day) ? new DayTokens(day, tokens + more) : new DayTokens(ended, more);
    }

    /** Who asks may be behind by some moments at midnight. */
    long on(LocalDate asked) {
        return asked.isAfter(day) ? 0 : tokens;
    }
}
