package io.genapi.runtime.catalog;

import java.util.OptionalLong;

/**
 * How much a vendor allows in a minute, as far as is known.
 *
 * @param requests positive
 * @param tokens positive; those of the prompt and of the answer together
 */
public record RateLimits(OptionalLong requests, OptionalLong tokens) {

    public static final RateLimits NONE = new RateLimits(OptionalLong.empty(), OptionalLong.empty());
}
