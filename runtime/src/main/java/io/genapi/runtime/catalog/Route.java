package io.genapi.runtime.catalog;

import java.util.List;

/**
 * Who serves a model.
 *
 * @param candidates in the order of the catalog, at least one
 */
public record Route(Strategy strategy, List<Candidate> candidates) {

    public Route {
        candidates = List.copyOf(candidates);
    }
}
