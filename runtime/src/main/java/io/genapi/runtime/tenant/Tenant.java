package io.genapi.runtime.tenant;

import io.genapi.schemas.job.TenantId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Somebody who uses the broker, pays for jobs, and sees no others.
 *
 * @param keys that its callers present; with none it has no way in over HTTP
 * @param operator whether its callers may also see and steer the broker itself
 */
public record Tenant(TenantId id, List<TenantKey> keys, TenantLimits limits, AllowedModels models, boolean operator) {

    /** Names of tenants are parts of topics' names. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,64}");

    public Tenant {
        keys = List.copyOf(keys);
    }

    /** Whether a tenant or one of its keys may be called that: 1 to 64 letters, digits, dots, underscores and hyphens. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
