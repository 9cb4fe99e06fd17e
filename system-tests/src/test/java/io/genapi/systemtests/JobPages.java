package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Every job that a broker lists, page by page. */
final class JobPages {

    private JobPages() {}

    /** @param headers of each request, name and value in turn */
    static List<JsonNode> all(Api api, String... headers) {
        List<JsonNode> jobs = new ArrayList<>();
        String after = "";
        while (true) {
            Answer page = api.get("/v1/jobs?limit=100" + after, headers);
            assertEquals(200, page.status(), page::toString);
            page.json().path("data").forEach(jobs::add);
            if (!page.json().path("has_more").asBoolean()) {
                return jobs;
            }
            after = "&after=" + page.json().path("last_id").asString();
        }
    }

    static List<String> ids(Api api) {
        return all(api).stream().map(job -> job.path("id").asString()).toList();
    }

    /** The jobs with this correlation id. */
    static List<JsonNode> correlated(Api api, String correlationId, String... headers) {
        return all(api, headers).stream()
                .filter(job -> job.path("correlation_id").asString("").equals(correlationId))
                .toList();
    }
}
