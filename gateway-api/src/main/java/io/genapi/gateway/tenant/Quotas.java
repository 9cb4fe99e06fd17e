package io.genapi.gateway.tenant;

import io.genapi.runtime.tenant.Tenant;
import io.genapi.runtime.tenant.Tenants;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Keeps tenants to their limits. The requests of a minute are shared evenly by the gateways that live. What is open, and
 * which tokens are spent, the store knows of all of them; between two answers of it each gateway knows only of its own jobs.
 * Thread-safe.
 */
public final class Quotas {

    /** What the store has told earlier says nothing any more; who serves on without a store does so without limits. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final TenantUses uses;
    private final IntSupplier gateways;
    private final InstantSource clock;
    private final Map<TenantId, Account> accounts = new ConcurrentHashMap<>();
    private volatile Instant toldAt = Instant.MIN;

    /** @param gateways how many live, this one included or not */
    public Quotas(TenantUses uses, IntSupplier gateways, InstantSource clock) {
        this.uses = uses;
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Whether a tenant may call now; that call counts. */
    public QuotaDecision pass(Tenant tenant) {
        return account(tenant.id()).pass(tenant.limits(), Math.max(1, gateways.getAsInt()), isTold());
    }

    /** Whether a tenant may make a job now; that job counts from now on. */
    public QuotaDecision admit(Tenant tenant) {
        return account(tenant.id()).admit(tenant.limits(), isTold());
    }

    private boolean isTold() {
        return toldAt.isAfter(clock.instant().minus(FRESH));
    }

    /** A job that was admitted is known to have ended, or was not taken after all. */
    public void ended(TenantId tenant) {
        account(tenant).ended();
    }

    /** Asks what is used, if there is anybody whose limits that matters for; to be called every second. */
    public void refresh(Tenants tenants) {
        boolean matters = tenants.all().stream()
                .map(Tenant::limits)
                .anyMatch(limits -> limits.jobsInFlight().isPresent()
                        || limits.tokensPerDay().isPresent());
        if (!matters) {
            return;
        }
        tenants.all().forEach(tenant -> account(tenant.id()).asking());
        Instant asked = clock.instant();
        LocalDate today = LocalDate.ofInstant(asked, ZoneOffset.UTC);
        Optional<Map<TenantId, TenantUse>> told = uses.on(today);
        told.ifPresent(use -> {
            tenants.all()
                    .forEach(tenant -> account(tenant.id()).told(use.getOrDefault(tenant.id(), TenantUse.NONE), today));
            toldAt = asked;
        });
    }

    private Account account(TenantId tenant) {
        return accounts.computeIfAbsent(tenant, _ -> new Account(clock));
    }
}
