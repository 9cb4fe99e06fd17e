package io.genapi.worker.dialect.anthropic;

import io.genapi.schemas.error.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of one request cannot be said to the vendor, in the order in which it was found. Not thread-safe. */
final class Objections {

    /** Longer values are not worth repeating. */
    private static final int LONGEST_VALUE = 60;

    private final List<Objection> found = new ArrayList<>();

    /** @param droppable whether the request makes sense without it */
    private record Objection(ApiError error, boolean droppable) {}

    /** The first objection that stands. */
    Optional<ApiError> first(boolean dropUnsupported) {
        return found.stream()
                .filter(each -> !(dropUnsupported && each.droppable()))
                .map(Objection::error)
                .findFirst();
    }

    /** Something that nobody could answer. */
    void malformed(Place place, String remedy) {
        String problem = place.given() ? "is " + describe(place) : "is missing";
        add(
                "invalid_value",
                place,
                "Invalid value for '%s': it %s. %s".formatted(place.path(), problem, remedy),
                false);
    }

    /** Something that this vendor cannot be asked and that the request does not make sense without. */
    void impossible(Place place, String remedy) {
        unsupported(place, remedy, false);
    }

    /** Something that this vendor cannot be asked and that may be left out. */
    void unsupported(Place place, String remedy) {
        unsupported(place, remedy, true);
    }

    private void unsupported(Place place, String remedy, boolean droppable) {
        add(
                "unsupported_parameter",
                place,
                "Unsupported parameter: '%s' (%s) cannot be said to the Anthropic Messages API. %s"
                        .formatted(place.path(), describe(place), remedy),
                droppable);
    }

    private void add(String code, Place place, String message, boolean droppable) {
        found.add(new Objection(ApiError.invalidRequest(400, code, place.path(), message), droppable));
    }

    private static String describe(Place place) {
        if (place.value().isContainer()) {
            return place.value().isArray() ? "an array" : "an object";
        }
        String value = place.value().toString();
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
