package io.genapi.gateway.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.gateway.tenant.QuotaDecision.Granted;
import io.genapi.gateway.tenant.QuotaDecision.Reason;
import io.genapi.gateway.tenant.QuotaDecision.Refused;
import io.genapi.gateway.tenant.QuotaDecision.Standing;
import io.genapi.runtime.tenant.AllowedModels;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.TenantLimits;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotasTest {

    private static final TenantId ACME = new TenantId("acme");

    private Instant now = Instant.parse("2026-01-31T22:00:00Z");
    private int gateways = 1;
    private Optional<Map<TenantId, TenantUse>> used = Optional.of(Map.of());
    private final List<LocalDate> asked = new ArrayList<>();
    private final Quotas quotas = new Quotas(
            day -> {
                asked.add(day);
                return used;
            },
            () -> gateways,
            () -> now);

    @Test
    void whoHasNoLimitsIsToldOfNoneAndTheStoreIsNotAsked() {
        Tenant tenant = tenant(TenantLimits.NONE);
        quotas.refresh(new Tenants(List.of(tenant)));
        for (int job = 0; job < 1000; job++) {
            Granted granted = new Granted(new Standing(Optional.empty(), Optional.empty()));
            assertEquals(granted, quotas.pass(tenant));
            assertEquals(granted, quotas.admit(tenant));
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void theRequestsOfAMinuteComeBackEvenly() {
        Tenant tenant = tenant(limits(6, 0, 0));
        assertEquals(new Allowance(6, 5, Duration.ofSeconds(10)), requests(quotas.pass(tenant)));
        for (int more = 0; more < 5; more++) {
            passes(tenant);
        }
        Refused refused = doesNotPass(tenant);
        assertEquals(Reason.REQUESTS_PER_MINUTE, refused.reason());
        assertEquals(Duration.ofSeconds(10), refused.pause());
        assertEquals(new Allowance(6, 0, Duration.ofMinutes(1)), requests(refused));
        now = now.plusSeconds(10);
        passes(tenant);
        doesNotPass(tenant);
        now = now.plusSeconds(600);
        assertEquals(5, requests(quotas.pass(tenant)).remaining());
    }

    @Test
    void gatewaysShareTheRequestsOfAMinute() {
        Tenant tenant = tenant(limits(10, 0, 0));
        gateways = 2;
        assertEquals(new Allowance(10, 8, Duration.ofSeconds(12)), requests(quotas.pass(tenant)));
        for (int more = 0; more < 4; more++) {
            passes(tenant);
        }
        assertEquals(Duration.ofSeconds(12), doesNotPass(tenant).pause());
    }

    @Test
    void aCallThatMakesNoJobTakesOneOfTheRequestsAlone() {
        Tenant tenant = tenant(limits(2, 1, 1000));
        used = Optional.of(Map.of(ACME, new TenantUse(1, 1000)));
        quotas.refresh(new Tenants(List.of(tenant)));
        passes(tenant);
        passes(tenant);
        assertEquals(Reason.REQUESTS_PER_MINUTE, doesNotPass(tenant).reason());
        assertEquals(Reason.TOKENS_PER_DAY, refused(tenant).reason());
    }

    @Test
    void jobsInFlightAreThoseThatTheStoreTellsAndThoseThatItDoesNotKnowYet() {
        Tenant tenant = tenant(limits(0, 3, 0));
        used = Optional.of(Map.of(ACME, new TenantUse(1, 0)));
        quotas.refresh(new Tenants(List.of(tenant)));
        granted(tenant);
        granted(tenant);
        assertEquals(Reason.JOBS_IN_FLIGHT, refused(tenant).reason());
        quotas.ended(ACME);
        granted(tenant);
        refused(tenant);
        used = Optional.of(Map.of(ACME, new TenantUse(2, 0)));
        quotas.refresh(new Tenants(List.of(tenant)));
        granted(tenant);
        refused(tenant);
        used = Optional.of(Map.of());
        quotas.refresh(new Tenants(List.of(tenant)));
        granted(tenant);
    }

    @Test
    void whatHappensWhileTheStoreIsAskedIsNotForgotten() {
        Tenant tenant = tenant(limits(0, 2, 0));
        Quotas during = new Quotas(
                _ -> {
                    assertEquals(1, asked.size());
                    return Optional.of(Map.of(ACME, new TenantUse(1, 0)));
                },
                () -> 1,
                () -> now);
        asked.add(LocalDate.EPOCH);
        during.refresh(new Tenants(List.of(tenant)));
        assertInstanceOf(Granted.class, during.admit(tenant));
        assertInstanceOf(Refused.class, during.admit(tenant));
    }

    @Test
    void tokensOfTodayAreGoneUntilMidnight() {
        Tenant tenant = tenant(limits(0, 0, 1000));
        used = Optional.of(Map.of(ACME, new TenantUse(0, 400)));
        quotas.refresh(new Tenants(List.of(tenant)));
        assertEquals(List.of(LocalDate.of(2026, 1, 31)), asked);
        assertEquals(
                Optional.of(new Allowance(1000, 600, Duration.ofHours(2))),
                quotas.admit(tenant).standing().tokens());
        used = Optional.of(Map.of(ACME, new TenantUse(0, 1200)));
        quotas.refresh(new Tenants(List.of(tenant)));
        Refused refused = refused(tenant);
        assertEquals(Reason.TOKENS_PER_DAY, refused.reason());
        assertEquals(Duration.ofHours(2), refused.pause());
        assertEquals(0, refused.standing().tokens().orElseThrow().remaining());
    }

    @Test
    void atMidnightNobodyIsRefusedForWhatWasSpentBefore() {
        Tenant tenant = tenant(limits(0, 0, 1000));
        used = Optional.of(Map.of(ACME, new TenantUse(0, 1000)));
        now = Instant.parse("2026-01-31T23:59:59.5Z");
        quotas.refresh(new Tenants(List.of(tenant)));
        refused(tenant);
        now = Instant.parse("2026-02-01T00:00:00Z");
        granted(tenant);
        assertEquals(
                Optional.of(new Allowance(1000, 1000, Duration.ofDays(1))),
                quotas.pass(tenant).standing().tokens());
    }

    @Test
    void gatewaysThatComeAndGoFillNobodysMinute() {
        Tenant tenant = tenant(limits(10, 0, 0));
        for (int call = 0; call < 10; call++) {
            passes(tenant);
        }
        for (int change = 0; change < 5; change++) {
            gateways = 3 - gateways;
            doesNotPass(tenant);
        }
        gateways = 2;
        now = now.plusSeconds(60);
        for (int call = 0; call < 5; call++) {
            passes(tenant);
        }
        doesNotPass(tenant);
    }

    @Test
    void anotherLimitOfAMinuteLeavesWhatIsSpentSpent() {
        for (int call = 0; call < 10; call++) {
            passes(tenant(limits(10, 0, 0)));
        }
        doesNotPass(tenant(limits(20, 0, 0)));
    }

    @Test
    void aStoreThatTellsNothingStopsNobody() {
        Tenant tenant = tenant(limits(0, 1, 1000));
        used = Optional.empty();
        quotas.refresh(new Tenants(List.of(tenant)));
        granted(tenant);
        granted(tenant);
        used = Optional.of(Map.of(ACME, new TenantUse(5, 2000)));
        quotas.refresh(new Tenants(List.of(tenant)));
        refused(tenant);
        now = now.plusSeconds(11);
        granted(tenant);
    }

    private void passes(Tenant tenant) {
        assertInstanceOf(Granted.class, quotas.pass(tenant));
    }

    private Refused doesNotPass(Tenant tenant) {
        return assertInstanceOf(Refused.class, quotas.pass(tenant));
    }

    private void granted(Tenant tenant) {
        assertInstanceOf(Granted.class, quotas.admit(tenant));
    }

    private Refused refused(Tenant tenant) {
        return assertInstanceOf(Refused.class, quotas.admit(tenant));
    }

    private static Allowance requests(QuotaDecision decision) {
        return decision.standing().requests().orElseThrow();
    }

    private static Tenant tenant(TenantLimits limits) {
        return new Tenant(ACME, List.of(), limits, AllowedModels.ALL, false);
    }

    /** Zero is no limit. */
    private static TenantLimits limits(long requests, long jobs, long tokens) {
        return new TenantLimits(limit(requests), limit(jobs), limit(tokens));
    }

    private static OptionalLong limit(long value) {
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
