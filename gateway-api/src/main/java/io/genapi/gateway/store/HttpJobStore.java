package io.genapi.gateway.store;

import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the living store instances, one after the other, until one knows. Thread-safe. */
public final class HttpJobStore implements JobStore {

    private static final Logger LOG = LoggerFactory.getLogger(HttpJobStore.class);

    private final HttpClient http;
    private final Supplier<List<URI>> instances;
    private final Duration answerPatience;

    /**
     * @param instances where the living stores answer, asked at each question
     * @param answerPatience how long one instance may take, beyond the wait that it was asked for
     */
    public HttpJobStore(HttpClient http, Supplier<List<URI>> instances, Duration answerPatience) {
        this.http = http;
        this.instances = instances;
        this.answerPatience = answerPatience;
    }

    @Override
    public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
        return askEach("/store/jobs/" + id + "?wait_ms=" + wait.toMillis() + tenant(viewer), wait.plus(answerPatience));
    }

    @Override
    public StoreAnswer list(JobQuery query) {
        return askEach(
                "/store/jobs?limit=" + query.limit()
                        + query.after().map(after -> "&after=" + after).orElse("")
                        + query.status()
                                .map(JobStatus::wireName)
                                .map(name -> "&status=" + name)
                                .orElse("")
                        + tenant(query.viewer()),
                answerPatience);
    }

    private static String tenant(Optional<TenantId> viewer) {
        return viewer.map(tenant -> "&tenant=" + URLEncoder.encode(tenant.value(), StandardCharsets.UTF_8))
                .orElse("");
    }

    private StoreAnswer askEach(String path, Duration patience) {
        StoreAnswer answer = new StoreAnswer.Unknown("no result store is running");
        for (URI instance : instances.get()) {
            answer = ask(instance.resolve(path), patience);
            if (!(answer instanceof StoreAnswer.Unknown)) {
                return answer;
            }
        }
        return answer;
    }

    private StoreAnswer ask(URI question, Duration patience) {
        try {
            HttpResponse<byte[]> response =
                    http.send(HttpRequest.newBuilder(question).timeout(patience).build(), BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case 200 -> new StoreAnswer.Found(response.body());
                case 404 -> new StoreAnswer.NotFound();
                case 410 -> new StoreAnswer.Gone(response.body());
                case 503 -> new StoreAnswer.Unknown("the result store is catching up");
                default -> {
                    LOG.atWarn()
                            .addKeyValue("store", question.getAuthority())
                            .addKeyValue("status", response.statusCode())
                            .log("A result store gave an unexpected answer");
                    yield new StoreAnswer.Unknown("the result store answered " + response.statusCode());
                }
            };
        } catch (IOException failure) {
            LOG.atDebug()
                    .addKeyValue("store", question.getAuthority())
                    .log("A result store did not answer: {}", failure.toString());
            return new StoreAnswer.Unknown("the result store did not answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new StoreAnswer.Unknown("the question was interrupted");
        }
    }
}
