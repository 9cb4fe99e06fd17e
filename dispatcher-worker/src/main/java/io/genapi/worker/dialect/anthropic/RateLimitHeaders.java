package io.genapi.worker.dialect.anthropic;

import io.genapi.runtime.catalog.RateLimits;
import io.genapi.worker.dialect.VendorResponse;

/**
 * <a href="https://docs.claude.com/en/api/rate-limits#response-headers">Anthropic's rate limit headers</a>, whose limits
 * are all of a minute. Of its several limits of tokens it tells the tightest that counts both ways.
 */
final class RateLimitHeaders {

    private RateLimitHeaders() {}

    static RateLimits in(VendorResponse response) {
        return new RateLimits(
                response.count("anthropic-ratelimit-requests-limit"),
                response.count("anthropic-ratelimit-tokens-limit"));
    }
}
