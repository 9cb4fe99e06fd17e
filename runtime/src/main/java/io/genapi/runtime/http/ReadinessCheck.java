package io.genapi.runtime.http;

import java.util.Optional;

/** One thing that must be in order before a process can do its work. Thread-safe and quick: it is asked by probes. */
public interface ReadinessCheck {

    /** What is checked, as a short lower-case word. */
    String name();

    /** What is wrong, in a sentence; empty when all is well. */
    Optional<String> problem();
}
