package io.genapi.gateway.tenant;

import io.genapi.gateway.tenant.QuotaDecision.Granted;
import io.genapi.gateway.tenant.QuotaDecision.Reason;
import io.genapi.gateway.tenant.QuotaDecision.Refused;
import io.genapi.gateway.tenant.QuotaDecision.Standing;
import io.genapi.runtime.tenant.TenantLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** What one tenant has of its limits at this gateway. Thread-safe. */
final class Account {

    /** A job may end at any moment. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final InstantSource clock;
    private Optional<RequestPace> pace = Optional.empty();

    /** As the store told it last. */
    private TenantUse told = TenantUse.NONE;

    /** The day of its tokens; at midnight another one begins before the store tells of it. */
    private LocalDate toldOf = LocalDate.MIN;

    /** Jobs accepted here, less those that are known here to have ended, that the store has not told of yet. */
    private long untold;

    private long untoldWhenAsked;

    Account(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Takes one of the requests of a minute.
     *
     * @param gateways how many there are, which share them evenly
     * @param isTold whether the store has told lately what is used
     */
    synchronized QuotaDecision pass(TenantLimits limits, int gateways, boolean isTold) {
        Optional<RequestPace.Taken> request =
                pace(limits.requestsPerMinute(), gateways).map(RequestPace::take);
        Standing standing = new Standing(
                request.map(RequestPace.Taken::left), isTold ? tokens(limits.tokensPerDay()) : Optional.empty());
        return request.filter(taken -> !taken.passed())
                .<QuotaDecision>map(taken -> new Refused(
                        Reason.REQUESTS_PER_MINUTE, limits.requestsPerMinute().orElseThrow(), taken.pause(), standing))
                .orElseGet(() -> new Granted(standing));
    }

    /**
     * Counts one more job.
     *
     * @param isTold whether the store has told lately what is used; without that, nobody is refused for it
     */
    synchronized QuotaDecision admit(TenantLimits limits, boolean isTold) {
        Optional<Allowance> tokens = isTold ? tokens(limits.tokensPerDay()) : Optional.empty();
        Standing standing = new Standing(Optional.empty(), tokens);
        if (tokens.filter(left -> left.remaining() == 0).isPresent()) {
            return new Refused(
                    Reason.TOKENS_PER_DAY, tokens.get().limit(), tokens.get().reset(), standing);
        }
        OptionalLong jobs = limits.jobsInFlight();
        if (isTold && jobs.isPresent() && told.open() + untold >= jobs.getAsLong()) {
            return new Refused(Reason.JOBS_IN_FLIGHT, jobs.getAsLong(), SOON, standing);
        }
        untold++;
        return new Granted(standing);
    }

    /** A job that was admitted is known to have ended, or was not taken after all. */
    synchronized void ended() {
        untold--;
    }

    /** The store is asked: what happens from here on may be missing from what it says. */
    synchronized void asking() {
        untoldWhenAsked = untold;
    }

    /** @param day whose tokens these are */
    synchronized void told(TenantUse use, LocalDate day) {
        told = use;
        toldOf = day;
        untold -= untoldWhenAsked;
        untoldWhenAsked = 0;
    }

    private Optional<RequestPace> pace(OptionalLong perMinute, int gateways) {
        if (perMinute.isEmpty()) {
            pace = Optional.empty();
            return pace;
        }
        long limit = perMinute.getAsLong();
        if (pace.isEmpty()) {
            pace = Optional.of(new RequestPace(limit, gateways, clock));
        }
        pace.get().become(limit, gateways);
        return pace;
    }

    private Optional<Allowance> tokens(OptionalLong perDay) {
        if (perDay.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant midnight = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        long spent = toldOf.equals(today) ? told.tokens() : 0;
        return Optional.of(new Allowance(
                perDay.getAsLong(), Math.max(0, perDay.getAsLong() - spent), Duration.between(now, midnight)));
    }
}
