package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for, as OpenAI's lists have it.
 *
 * @param limit of a page
 * @param after the id that the page before it ended with
 * @param ascending whether the oldest come first
 */
record PageParameters(int limit, Optional<String> after, boolean ascending) {

    /**
     * One page.
     *
     * @param more whether others come after it
     */
    record Page<T>(List<T> items, boolean more) {}

    static PageParameters read(HttpServletRequest request, int usual, int most) {
        return new PageParameters(
                limit(request.getParameter("limit"), usual, most),
                Optional.ofNullable(request.getParameter("after")),
                ascending(request.getParameter("order")));
    }

    /** Of a list that is always shown with the newest first. */
    static PageParameters newestFirst(HttpServletRequest request, int usual, int most) {
        return new PageParameters(
                limit(request.getParameter("limit"), usual, most),
                Optional.ofNullable(request.getParameter("after")),
                false);
    }

    private static int limit(@Nullable String given, int usual, int most) {
        if (given == null) {
            return usual;
        }
        int limit = given.matches("[0-9]{1,6}") ? Integer.parseInt(given) : 0;
        if (limit < 1 || limit > most) {
            throw invalid("limit", given, "a whole number from 1 to " + most);
        }
        return limit;
    }

    private static boolean ascending(@Nullable String given) {
        return switch (given) {
            case null -> false;
            case "asc" -> true;
            case "desc" -> false;
            default -> throw invalid("order", given, "asc or desc");
        };
    }

    /** @throws ApiErrorException if there is nothing of the id that the page is to come after */
    <T> Page<T> of(List<T> all, Comparator<T> newestFirst, Function<T, String> id) {
        List<T> ordered = all.stream()
                .sorted(ascending ? newestFirst.reversed() : newestFirst)
                .toList();
        int from = 0;
        if (after.isPresent()) {
            List<String> ids = ordered.stream().map(id).toList();
            from = ids.indexOf(after.get()) + 1;
            if (from == 0) {
                throw invalid("after", after.get(), "the last_id of a page");
            }
        }
        int to = Math.min(ordered.size(), from + limit);
        return new Page<>(ordered.subList(from, to), to < ordered.size());
    }

    static ApiErrorException invalid(String parameter, String given, String expected) {
        return new ApiErrorException(ApiError.invalidRequest(
                400,
                "invalid_value",
                parameter,
                "Invalid value for '%s': '%s'. Send %s, or leave it out."
                        .formatted(parameter, SentText.excerpt(given), expected)));
    }
}
