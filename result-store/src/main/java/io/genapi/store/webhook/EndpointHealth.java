package io.genapi.store.webhook;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EndpointStanding.Disabled;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an endpoint does, and so how much it is sent.
 *
 * @param enabledAt which enabling of its tenant this is about
 * @param window deliveries that may be under way at once
 * @param underWay deliveries of which nothing was heard yet
 * @param strains signs of too much, one after the other
 * @param strainedAt when the last of them came; what was begun before tells nothing new
 * @param restUntil before then nothing is begun
 * @param paidUntil until when its deliveries per second are used up
 * @param failingSince when the first of the attempts was that have all failed since
 */
public record EndpointHealth(
        EndpointId id,
        TenantId tenant,
        Instant enabledAt,
        int window,
        int underWay,
        int strains,
        Optional<Instant> strainedAt,
        Optional<Instant> restUntil,
        Optional<Instant> paidUntil,
        Optional<Instant> failingSince,
        Optional<Disabled> disabled) {

    /** Of one that nothing is known of. */
    public static EndpointHealth fresh(EndpointId id, TenantId tenant, Instant enabledAt, EndpointLimits limits) {
        return new EndpointHealth(
                id,
                tenant,
                enabledAt,
                limits.firstWindow(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same where its tenant has not enabled it anew; else a beginning, but for what is under way. */
    public EndpointHealth enabled(Instant at, EndpointLimits limits) {
        return at.equals(enabledAt)
                ? this
                : fresh(id, tenant, at, limits).with(limits.firstWindow(), underWay, Optional.empty());
    }

    /** Whether one more may be begun. */
    public boolean hasRoom(Instant now, EndpointLimits limits) {
        return room(now, limits) > 0;
    }

    /** How many may be begun; fewer if there is a rate. */
    public int room(Instant now, EndpointLimits limits) {
        return roomAt(now, limits).isPresent() ? 0 : Math.max(0, window - underWay);
    }

    /** When one may be begun as far as rest and rate are concerned; empty for now. */
    public Optional<Instant> roomAt(Instant now, EndpointLimits limits) {
        Optional<Instant> rested = restUntil.filter(now::isBefore);
        Optional<Instant> affordable = limits.perSecond() == 0
                ? Optional.empty()
                : paidUntil.map(paid -> paid.minus(burst(limits))).filter(now::isBefore);
        return rested.isPresent() && affordable.isPresent()
                ? rested.map(at -> at.isAfter(affordable.get()) ? at : affordable.get())
                : rested.or(() -> affordable);
    }

    /** All but one of the deliveries that may be begun in a second. */
    private static Duration burst(EndpointLimits limits) {
        return Duration.ofNanos(Math.round(Math.max(0, limits.perSecond() - 1) / limits.perSecond() * 1e9));
    }

    public EndpointHealth began(Instant now, EndpointLimits limits) {
        Optional<Instant> paid = limits.perSecond() == 0
                ? Optional.empty()
                : Optional.of(paidUntil
                        .filter(until -> until.isAfter(now))
                        .orElse(now)
                        .plusNanos(Math.round(1e9 / limits.perSecond())));
        return with(window, underWay + 1, paid);
    }

    /** One that was under way has come back, and says nothing of the endpoint. */
    public EndpointHealth returned() {
        return with(window, Math.max(0, underWay - 1), paidUntil);
    }

    public EndpointHealth succeeded(EndpointLimits limits) {
        return succeeded(Math.min(window + 1, Math.max(window, limits.largestWindow())));
    }

    public EndpointHealth succeededSlowly(Instant begun, Instant now) {
        return succeeded(window).slowed(begun, now);
    }

    private EndpointHealth succeeded(int itsWindow) {
        return new EndpointHealth(
                id,
                tenant,
                enabledAt,
                itsWindow,
                Math.max(0, underWay - 1),
                0,
                strainedAt,
                restUntil,
                paidUntil,
                Optional.empty(),
                disabled);
    }

    /** @param begun when the attempt was */
    public EndpointHealth failed(Instant begun) {
        return new EndpointHealth(
                id,
                tenant,
                enabledAt,
                window,
                Math.max(0, underWay - 1),
                strains,
                strainedAt,
                restUntil,
                paidUntil,
                failingSince.or(() -> Optional.of(begun)),
                disabled);
    }

    /**
     * A failure that is a sign of too much: half of what was under way, after a rest.
     *
     * @param asked for which it wants to rest, if it says so
     */
    public EndpointHealth strained(Instant begun, Instant now, Optional<Duration> asked, EndpointLimits limits) {
        EndpointHealth failed = failed(begun);
        if (strainedAt.filter(last -> !begun.isAfter(last)).isPresent()) {
            return failed.resting(asked.map(now::plus)
                    .filter(until -> restUntil.filter(until::isBefore).isEmpty()));
        }
        Duration rest = rest(limits);
        Instant until =
                now.plus(asked.filter(longer -> longer.compareTo(rest) > 0).orElse(rest));
        return new EndpointHealth(
                id,
                tenant,
                enabledAt,
                Math.max(1, window / 2),
                failed.underWay,
                strains + 1,
                Optional.of(now),
                Optional.of(until),
                paidUntil,
                failed.failingSince,
                disabled);
    }

    /** Half of what was under way, without a rest. */
    public EndpointHealth slowed(Instant begun, Instant now) {
        return strainedAt.filter(last -> !begun.isAfter(last)).isPresent()
                ? this
                : new EndpointHealth(
                        id,
                        tenant,
                        enabledAt,
                        Math.max(1, window / 2),
                        underWay,
                        strains,
                        Optional.of(now),
                        restUntil,
                        paidUntil,
                        failingSince,
                        disabled);
    }

    private Duration rest(EndpointLimits limits) {
        Duration rest = limits.shortestRest().multipliedBy(1L << Math.min(strains, 20));
        return rest.compareTo(limits.longestRest()) > 0 ? limits.longestRest() : rest;
    }

    private EndpointHealth resting(Optional<Instant> until) {
        return until.isEmpty()
                ? this
                : new EndpointHealth(
                        id,
                        tenant,
                        enabledAt,
                        window,
                        underWay,
                        strains,
                        strainedAt,
                        until,
                        paidUntil,
                        failingSince,
                        disabled);
    }

    public EndpointHealth disabled(String reason, Instant at) {
        return new EndpointHealth(
                id,
                tenant,
                enabledAt,
                window,
                underWay,
                strains,
                strainedAt,
                restUntil,
                paidUntil,
                failingSince,
                Optional.of(new Disabled(reason, at)));
    }

    private EndpointHealth with(int itsWindow, int itsUnderWay, Optional<Instant> paid) {
        return new EndpointHealth(
                id,
                tenant,
                enabledAt,
                itsWindow,
                itsUnderWay,
                strains,
                strainedAt,
                restUntil,
                paid,
                failingSince,
                disabled);
    }

    /** What others are to know of it. */
    public EndpointStanding standing() {
        return new EndpointStanding(id, tenant, enabledAt, failingSince, disabled);
    }
}
