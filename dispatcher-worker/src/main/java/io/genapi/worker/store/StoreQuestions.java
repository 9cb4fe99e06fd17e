package io.genapi.worker.store;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks one store how far jobs have come. Thread-safe. */
final class StoreQuestions {

    private static final Logger LOG = LoggerFactory.getLogger(StoreQuestions.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** As many as a store takes at a time. */
    static final int MOST = 1_000;

    private static final Duration TRAVEL = Duration.ofSeconds(1);

    private final Duration patience;

    /** @param patience with a store that lags behind Kafka */
    StoreQuestions(Duration patience) {
        this.patience = patience;
    }

    /** Those of which the store can tell; one that does not exist has not ended. */
    Map<JobId, Standing> ask(URI store, List<JobId> ids) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(store.resolve("/store/standings?wait_ms=" + patience.toMillis()))
                .timeout(patience.plus(TRAVEL))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(document(ids)))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(question, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return read(ids, JSON.readTree(answer.body()));
            }
            return unanswered(store, "status " + answer.statusCode());
        } catch (IOException | JacksonException failure) {
            return unanswered(store, failure.toString());
        }
    }

    private static byte[] document(List<JobId> ids) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode list = document.putArray("ids");
        ids.forEach(id -> list.add(id.value()));
        return JSON.writeValueAsBytes(document);
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
        answer.path("unknown").valueStream().forEach(id -> id(id).ifPresent(known::remove));
        return known;
    }

    private static Optional<JobId> id(JsonNode id) {
        return JobId.parse(id.asString(""));
    }

    private static Standing standing(JsonNode job) {
        boolean ended = JobStatus.fromWireName(job.path("status").asString(""))
                .filter(JobStatus::isTerminal)
                .isPresent();
        return new Standing(ended, job.path("park_number").asInt(0));
    }

    private static Map<JobId, Standing> unanswered(URI store, String reason) {
        LOG.atInfo()
                .addKeyValue("store", store)
                .addKeyValue("reason", reason)
                .log("A store did not say which jobs have ended");
        return Map.of();
    }
}
