package io.genapi.chaos.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The jobs that the broker lists, the newest first, page by page. */
public final class JobList {

    private static final int PAGE = 100;

    private JobList() {}

    /**
     * The states of the newest jobs by their correlation ids, one for each job that has that id.
     *
     * @param atLeast how many jobs to look at; a page more is read, so that one that is listed twice shows
     */
    public static Map<String, List<String>> states(Api api, int atLeast) {
        Map<String, List<String>> states = new HashMap<>();
        Optional<String> after = Optional.empty();
        for (int seen = 0; seen < atLeast + PAGE; seen += PAGE) {
            JsonNode page = page(api, after);
            page.path("data")
                    .forEach(job -> states.computeIfAbsent(
                                    job.path("correlation_id").asString(""), _ -> new ArrayList<>())
                            .add(job.path("status").asString("")));
            if (!page.path("has_more").asBoolean(false)) {
                break;
            }
            after = Optional.of(page.path("last_id").asString(""));
        }
        return states;
    }

    private static JsonNode page(Api api, Optional<String> after) {
        Answer answer = api.get(
                "/v1/jobs?limit=" + PAGE + after.map(id -> "&after=" + id).orElse(""));
        if (answer.status() != 200) {
            throw new IllegalStateException("the job list cannot be read: " + answer);
        }
        return answer.json();
    }
}
