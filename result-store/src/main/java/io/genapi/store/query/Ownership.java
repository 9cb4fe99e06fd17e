package io.genapi.store.query;

import java.net.URI;
import java.util.List;

/** Which process has a job's state. */
public sealed interface Ownership {
    record Here() implements Ownership {}

    /** @param stores whom to ask, the owner first, then those that keep a copy */
    record There(List<URI> stores) implements Ownership {}

    /** Nobody has it now, or nobody knows who. */
    record Unclear(String reason) implements Ownership {}
}
