package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.error.ApiError;
import java.util.List;

/** What came of looking for somebody to serve a job. */
public sealed interface Routing {

    /** @param candidates at least one */
    record Served(List<Candidate> candidates) implements Routing {

        public Served {
            candidates = List.copyOf(candidates);
        }
    }

    /** Nobody can; the error says why. */
    record Unserved(ApiError error) implements Routing {}
}
