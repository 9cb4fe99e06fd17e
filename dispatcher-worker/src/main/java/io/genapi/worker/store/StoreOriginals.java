package io.genapi.worker.store;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.worker.original.Originals;
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
public final class StoreOriginals implements Originals {

    private static final Logger LOG = LoggerFactory.getLogger(StoreOriginals.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** How long a store waits at most until it has caught up with Kafka, before it says that there is no such job. */
    private static final Duration LAG = Duration.ofSeconds(5);

    private static final int ABSENT = 404;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Supplier<List<URI>> stores;
    private final Duration patience;

    /**
     * @param stores where the living ones answer, asked at each question
     * @param patience with each of them
     */
    public StoreOriginals(Supplier<List<URI>> stores, Duration patience) {
        this.stores = stores;
        this.patience = patience;
    }

    @Override
    public Optional<Original> find(JobId id) throws InterruptedException {
        for (URI store : stores.get()) {
            Optional<Original> answer = ask(store.resolve("/store/originals/" + id));
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isForgotten(JobId id) throws InterruptedException {
        for (URI store : stores.get()) {
            Optional<Integer> status =
                    get(store.resolve("/store/jobs/" + id), LAG.plus(patience)).map(HttpResponse::statusCode);
            if (status.isPresent() && status.get() < UNAVAILABLE) {
                return status.get() == ABSENT;
            }
        }
        return false;
    }

    private Optional<Original> ask(URI question) throws InterruptedException {
        try {
            return get(question, patience)
                    .filter(response -> response.statusCode() == 200)
                    .flatMap(response -> read(response.body()));
        } catch (JacksonException failure) {
            LOG.debug("{} did not answer as a store does", question, failure);
            return Optional.empty();
        }
    }

    private Optional<HttpResponse<byte[]>> get(URI question, Duration patience) throws InterruptedException {
        try {
            return Optional.of(
                    http.send(HttpRequest.newBuilder(question).timeout(patience).build(), BodyHandlers.ofByteArray()));
        } catch (IOException failure) {
            LOG.debug("{} did not answer", question, failure);
            return Optional.empty();
        }
    }

    private static Optional<Original> read(byte[] document) {
        JsonNode told = JSON.readTree(document);
        return BodyDigest.parse(told.path("body_sha256").asString(""))
                .map(digest -> new Original(
                        told.path("topic").asString(""),
                        told.path("partition").asInt(-1),
                        told.path("offset").asLong(-1),
                        digest));
    }
}
