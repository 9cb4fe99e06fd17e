package io.genapi.runtime.heartbeat;

import java.util.Set;

/** Which places of blobs this process can read now, by their ids; told by workers alone. Thread-safe, and never waits. */
@FunctionalInterface
public interface OpenPlaces {

    Set<String> current();
}
