package io.genapi.worker.dialect.gemini.request;

import io.genapi.schemas.error.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request in Gemini's words.
 *
 * @param body complete only if nothing is refused
 * @param refused what makes it no request that Gemini can be sent
 * @param omitted what is not in the body because Gemini has no word for it
 */
public record Translation(ObjectNode body, List<ApiError> refused, List<ApiError> omitted) {

    public Translation {
        refused = List.copyOf(refused);
        omitted = List.copyOf(omitted);
    }

    /** @param omitting whether what Gemini has no word for may be left out */
    public Optional<ApiError> objection(boolean omitting) {
        return Stream.concat(refused.stream(), omitting ? Stream.empty() : omitted.stream())
                .findFirst();
    }
}
