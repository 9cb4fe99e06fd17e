package io.genapi.worker.store;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.worker.original.Originals;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Asks the living result stores, one after the other, until one knows. */
public final class StoreOriginals implements Originals {

    /** How long a store waits at most until it has caught up with Kafka, before it says that there is no such job. */
    private static final Duration LAG = Duration.ofSeconds(5);

    private static final int ABSENT = 404;
    private static final int UNAVAILABLE = 503;

    private final StoreClient client = new StoreClient();
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
            Optional<Original> answer = client.get(store.resolve("/store/originals/" + id), patience)
                    .flatMap(StoreClient::document)
                    .flatMap(StoreOriginals::read);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isForgotten(JobId id) throws InterruptedException {
        for (URI store : stores.get()) {
            Optional<Integer> status = client.get(store.resolve("/store/jobs/" + id), LAG.plus(patience))
                    .map(HttpResponse::statusCode);
            if (status.isPresent() && status.get() < UNAVAILABLE) {
                return status.get() == ABSENT;
            }
        }
        return false;
    }

    private static Optional<Original> read(JsonNode told) {
        return BodyDigest.parse(told.path("body_sha256").asString(""))
                .map(digest -> new Original(
                        told.path("topic").asString(""),
                        told.path("partition").asInt(-1),
                        told.path("offset").asLong(-1),
                        digest));
    }
}
