package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.store.query.Standing;
import io.genapi.store.query.Standings;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The question how far jobs have come, {@code {"ids": ["job_…"]}}, and its answer, {@code {"jobs": [{"id": "job_…",
 * "status": "running", "park_number": 0}], "unknown": ["job_…"]}}: no job has an id that is not in it, and one that is in both
 * has come so far at least.
 */
final class StandingDocument {

    /** Ids in one question. */
    static final int MOST = 1_000;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String IDS = "ids";
    private static final String JOBS = "jobs";
    private static final String UNKNOWN = "unknown";

    private StandingDocument() {}

    static byte[] question(List<JobId> ids) {
        ObjectNode document = JSON.createObjectNode();
        write(document.putArray(IDS), ids);
        return JSON.writeValueAsBytes(document);
    }

    static byte[] answer(Standings standings) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode jobs = document.putArray(JOBS);
        standings
                .known()
                .forEach(job -> jobs.addObject()
                        .put("id", job.id().value())
                        .put("status", job.status().wireName())
                        .put("park_number", job.parkNumber()));
        write(document.putArray(UNKNOWN), standings.unknown());
        return JSON.writeValueAsBytes(document);
    }

    private static void write(ArrayNode array, List<JobId> ids) {
        ids.forEach(id -> array.add(id.value()));
    }

    /** @throws InvalidParameterException if it is none */
    static List<JobId> readQuestion(byte[] document) {
        List<JobId> ids = ids(read(document), IDS);
        if (ids.size() > MOST) {
            throw new InvalidParameterException(
                    IDS, "'%s' has %d entries; ask for at most %d at a time.".formatted(IDS, ids.size(), MOST));
        }
        return ids;
    }

    /** @throws InvalidParameterException if it is none */
    static Standings readAnswer(byte[] document) {
        JsonNode answer = read(document);
        List<Standing> jobs = new ArrayList<>();
        for (JsonNode job : array(answer, JOBS)) {
            JobStatus status = JobStatus.fromWireName(job.path("status").asString(""))
                    .orElseThrow(() -> malformed("status", job.path("status"), "a job's status"));
            jobs.add(new Standing(
                    id("id", job.path("id")), status, job.path("park_number").asInt(0)));
        }
        return new Standings(jobs, ids(answer, UNKNOWN));
    }

    private static JsonNode read(byte[] document) {
        try {
            return JSON.readTree(document);
        } catch (JacksonException failure) {
            throw new InvalidParameterException("body", "The body is not JSON: " + failure.getOriginalMessage());
        }
    }

    private static List<JobId> ids(JsonNode document, String name) {
        List<JobId> ids = new ArrayList<>();
        for (JsonNode entry : array(document, name)) {
            ids.add(id(name, entry));
        }
        return ids;
    }

    private static JobId id(String name, JsonNode value) {
        return JobId.parse(value.asString("")).orElseThrow(() -> malformed(name, value, "a job id"));
    }

    private static JsonNode array(JsonNode document, String name) {
        JsonNode array = document.path(name);
        if (!array.isArray()) {
            throw malformed(name, array, "an array");
        }
        return array;
    }

    private static InvalidParameterException malformed(String name, JsonNode value, String expected) {
        String seen = value.isMissingNode() ? "nothing" : value.toString();
        return new InvalidParameterException(name, seen, expected);
    }
}
