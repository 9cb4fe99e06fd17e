package io.genapi.gateway.tenant;

import io.genapi.schemas.job.TenantId;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Where it is known what tenants use. Implementations are thread-safe and throw nothing for a store that is down. */
@FunctionalInterface
public interface TenantUses {

    /** Of those who use anything; empty where it cannot be told now. */
    Optional<Map<TenantId, TenantUse>> on(LocalDate day);
}
