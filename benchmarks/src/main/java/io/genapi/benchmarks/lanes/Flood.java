package io.genapi.benchmarks.lanes;

import io.genapi.schemas.job.Lane;
import java.util.Optional;

/** What priority's callers have beside them. */
enum Flood {
    NONE("alone", Optional.empty()),
    FLEX("beside flex", Optional.of(Lane.FLEX)),
    DEFAULT("beside default", Optional.of(Lane.DEFAULT));

    private final String title;
    private final Optional<Lane> lane;

    Flood(String title, Optional<Lane> lane) {
        this.title = title;
        this.lane = lane;
    }

    String title() {
        return title;
    }

    /** Whose queue does not end. */
    Optional<Lane> lane() {
        return lane;
    }
}
