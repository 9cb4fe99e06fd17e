package io.genapi.worker.dialect.anthropic;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.worker.dialect.VendorResponse;
import java.util.OptionalLong;

/**
 * <a href="https://docs.claude.com/en/api/rate-limits#response-headers">Anthropic's rate limit headers</a>, whose limits
 * are all of a minute. Of its several limits of tokens it tells the tightest that counts both ways.
 */
final class RateLimitHeaders {

    private RateLimitHeaders() {}

    static RateLimits in(VendorResponse response) {
        return new RateLimits(limit(response, "requests"), limit(response, "tokens"));
    }

    private static OptionalLong limit(VendorResponse response, String what) {
        try {
            long limit = Long.parseLong(response.header("anthropic-ratelimit-" + what + "-limit")
                    .orElse("")
                    .strip());
            return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty();
        }
    }
}
