package io.genapi.gateway.tenant;

import java.time.Duration;
import java.util.Optional;

/** Whether a tenant may call now, or make a job. */
public sealed interface QuotaDecision {

    /** What is left of the tenant's limits; empty for what has none. */
    Standing standing();

    /** See {@link QuotaDecision#standing}. */
    record Standing(Optional<Allowance> requests, Optional<Allowance> tokens) {}

    /** It may, and its call or job counts from now on. */
    record Granted(Standing standing) implements QuotaDecision {}

    /**
     * It may not.
     *
     * @param limit what the catalog allows
     * @param pause until another try makes sense
     */
    record Refused(Reason reason, long limit, Duration pause, Standing standing) implements QuotaDecision {}

    /** Which limit is reached. */
    enum Reason {
        REQUESTS_PER_MINUTE,
        JOBS_IN_FLIGHT,
        TOKENS_PER_DAY
    }
}
