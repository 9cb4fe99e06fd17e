package io.genapi.runtime.catalog;

import java.util.OptionalLong;

/**
 * How much a vendor allows one key in a minute, as far as is known.
 *
 * @param requests positive
 * @param tokens positive; those of the prompt and of the answer together
 */
public record RateLimits(OptionalLong requests, OptionalLong tokens) {

    public static final RateLimits NONE = new RateLimits(OptionalLong.empty(), OptionalLong.empty());

    /** The stricter of both, for each. */
    public RateLimits and(RateLimits other) {
        return new RateLimits(stricter(requests, other.requests), stricter(tokens, other.tokens));
    }

    private static OptionalLong stricter(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }
}
