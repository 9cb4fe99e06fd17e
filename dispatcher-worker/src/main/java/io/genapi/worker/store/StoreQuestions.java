package io.genapi.worker.store;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks one store how far jobs have come. Thread-safe. */
final class StoreQuestions {

    /** As many as a store takes at a time. */
    static final int MOST = 1_000;

    private static final Duration TRAVEL = Duration.ofSeconds(1);

    private final StoreClient client = new StoreClient();
    private final Duration patience;

    /** @param patience with a store that lags behind Kafka */
    StoreQuestions(Duration patience) {
        this.patience = patience;
    }

    /** Those of which the store can tell something; one that does not exist has not ended. */
    Map<JobId, Standing> ask(URI store, List<JobId> ids) throws InterruptedException {
        URI question = store.resolve("/store/standings?wait_ms=" + patience.toMillis());
        return client.post(question, document(ids), patience.plus(TRAVEL))
                .flatMap(StoreClient::document)
                .map(answer -> read(ids, answer))
                .orElse(Map.of());
    }

    private static JsonNode document(List<JobId> ids) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        ArrayNode list = document.putArray("ids");
        ids.forEach(id -> list.add(id.value()));
        return document;
    }

    private static Map<JobId, Standing> read(List<JobId> ids, JsonNode answer) {
        if (!answer.path("jobs").isArray() || !answer.path("unknown").isArray()) {
            return Map.of();
        }
        Map<JobId, Standing> known = new HashMap<>();
        ids.forEach(id -> known.put(id, Standing.NOT_ENDED));
        answer.path("jobs")
                .valueStream()
                .forEach(job -> id(job.path("id")).ifPresent(id -> known.put(id, standing(job))));
        answer.path("unknown")
                .valueStream()
                .flatMap(id -> id(id).stream())
                .forEach(id -> known.computeIfPresent(id, (_, atLeast) -> atLeast.uncertain()));
        return known;
    }

    private static Optional<JobId> id(JsonNode id) {
        return JobId.parse(id.asString(""));
    }

    private static Standing standing(JsonNode job) {
        boolean ended = JobStatus.fromWireName(job.path("status").asString(""))
                .filter(JobStatus::isTerminal)
                .isPresent();
        return new Standing(ended, job.path("park_number").asInt(0), true);
    }
}
