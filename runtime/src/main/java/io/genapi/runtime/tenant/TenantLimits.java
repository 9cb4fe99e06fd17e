package io.genapi.runtime.tenant;

import java.util.OptionalLong;

/**
 * How much a tenant may ask for; what is empty is not limited.
 *
 * @param requestsPerMinute jobs handed in over HTTP
 * @param jobsInFlight accepted and not ended
 * @param tokensPerDay of prompts and answers together, from midnight to midnight UTC
 */
public record TenantLimits(OptionalLong requestsPerMinute, OptionalLong jobsInFlight, OptionalLong tokensPerDay) {

    public static final TenantLimits NONE =
            new TenantLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
