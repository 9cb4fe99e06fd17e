package io.genapi.worker.store;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.worker.result.FinishedJobs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the living result stores, one after the other, until one knows. */
public final class StoreFinishedJobs implements FinishedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFinishedJobs.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Supplier<List<URI>> stores;
    private final Duration patience;

    /**
     * @param stores where the living ones answer, asked at each question
     * @param patience with each of them
     */
    public StoreFinishedJobs(Supplier<List<URI>> stores, Duration patience) {
        this.stores = stores;
        this.patience = patience;
    }

    @Override
    public boolean isFinished(JobId id, int parkNumber) throws InterruptedException {
        for (URI store : stores.get()) {
            Optional<Boolean> answer = ask(store.resolve("/store/jobs/" + id), parkNumber);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        LOG.atInfo()
                .addKeyValue("job", id.value())
                .log("No store knows whether another worker has ended this job; it runs");
        return false;
    }

    private Optional<Boolean> ask(URI question, int parkNumber) throws InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    http.send(HttpRequest.newBuilder(question).timeout(patience).build(), BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case 200 -> Optional.of(isDone(response.body(), parkNumber));
                case 404 -> Optional.of(false);
                // Its result was there and is gone by retention.
                case 410 -> Optional.of(true);
                default -> Optional.empty();
            };
        } catch (IOException | JacksonException failure) {
            LOG.debug("{} did not answer", question, failure);
            return Optional.empty();
        }
    }

    private static boolean isDone(byte[] document, int parkNumber) {
        JsonNode job = JSON.readTree(document);
        String status = job.path("status").asString("");
        return job.path("park_number").asInt(0) > parkNumber
                || JobStatus.fromWireName(status).filter(JobStatus::isTerminal).isPresent();
    }
}
