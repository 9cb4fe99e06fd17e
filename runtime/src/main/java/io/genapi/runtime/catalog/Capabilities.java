package io.genapi.runtime.catalog;

import java.util.OptionalInt;

/**
 * What a candidate can be asked for.
 *
 * @param tools whether it calls tools
 * @param vision whether it takes images
 * @param streaming whether it sends an answer piece by piece
 * @param maxContext tokens that a prompt may have; empty if there is no limit worth a look
 */
public record Capabilities(boolean tools, boolean vision, boolean streaming, OptionalInt maxContext) {

    /** Everything: what a candidate has of which the catalog says nothing else. */
    public static final Capabilities ALL = new Capabilities(true, true, true, OptionalInt.empty());
}
