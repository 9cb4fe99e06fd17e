package io.genapi.inflight.offset;

/** What the metadata of a committed offset turned out to be. */
public sealed interface DecodedMetadata {

    /** Written by this library. */
    record Known(Progress progress) implements DecodedMetadata {}

    /** There is none, as in a commit of any other consumer: nothing above the offset is finished. */
    record Absent() implements DecodedMetadata {}

    /** Somebody else's, damaged, or of a later version; to be treated as absent. */
    record Unreadable(String reason) implements DecodedMetadata {}
}
