package io.genapi.runtime.tenant;

import io.genapi.schemas.job.TenantId;
import java.util.List;

/**
 * Somebody who uses the broker, pays for jobs, and sees no others.
 *
 * @param keys that its callers present; with none it has no way in over HTTP
 * @param operator whether its callers may also see and steer the broker itself
 */
public record Tenant(TenantId id, List<TenantKey> keys, TenantLimits limits, AllowedModels models, boolean operator) {

    public Tenant {
        keys = List.copyOf(keys);
    }
}
