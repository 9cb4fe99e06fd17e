package io.genapi.schemas.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A class of service, in OpenAI's words for {@code service_tier}; each has a request topic of its own. */
public enum Lane {
    /** Somebody waits for the answer. */
    PRIORITY,
    /** Somebody will ask for the answer. */
    DEFAULT,
    /** Nobody minds if it takes hours: batches. */
    FLEX;

    /** As the lane is written on the wire and in topic names. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Lane> fromWireName(String text) {
        return Arrays.stream(values())
                .filter(lane -> lane.wireName().equals(text))
                .findFirst();
    }
}
