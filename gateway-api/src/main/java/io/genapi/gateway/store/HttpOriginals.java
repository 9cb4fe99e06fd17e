package io.genapi.gateway.store;

import io.genapi.gateway.job.Originals;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the living store instances, one after the other. Thread-safe. */
public final class HttpOriginals implements Originals {

    private static final Logger LOG = LoggerFactory.getLogger(HttpOriginals.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final Supplier<List<URI>> instances;
    private final Duration patience;

    /**
     * @param instances where the living stores answer, asked at each question
     * @param patience with each of them
     */
    public HttpOriginals(HttpClient http, Supplier<List<URI>> instances, Duration patience) {
        this.http = http;
        this.instances = instances;
        this.patience = patience;
    }

    @Override
    public Answer find(JobId id) {
        Answer answer = new Answer.Unknown("no result store is running");
        for (URI instance : instances.get()) {
            answer = get(instance.resolve("/store/originals/" + id))
                    .map(HttpOriginals::original)
                    .orElseGet(() -> new Answer.Unknown("the result store did not answer"));
            if (!(answer instanceof Answer.Unknown)) {
                return answer;
            }
        }
        return answer;
    }

    private static Answer original(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 ->
                read(response.body())
                        .flatMap(told ->
                                BodyDigest.parse(told.path("body_sha256").asString("")))
                        .<Answer>map(Answer.Known::new)
                        .orElseGet(() -> new Answer.Unknown("the result store's answer is not understood"));
            case 404 -> new Answer.NoneYet();
            case 503 -> new Answer.Unknown("the result store is catching up");
            default -> new Answer.Unknown("the result store answered " + response.statusCode());
        };
    }

    /** Each instance knows those requests that it took in itself. */
    @Override
    public List<JobId> recent(TenantId tenant, BodyDigest digest) {
        String path = "/store/recent-requests?tenant=%s&body_sha256=%s"
                .formatted(URLEncoder.encode(tenant.value(), StandardCharsets.UTF_8), digest);
        return instances.get().stream()
                .flatMap(instance -> get(instance.resolve(path)).stream())
                .filter(response -> response.statusCode() == 200)
                .flatMap(response -> read(response.body()).stream())
                .flatMap(HttpOriginals::jobs)
                .sorted(Comparator.<JobId>reverseOrder())
                .distinct()
                .toList();
    }

    private static Stream<JobId> jobs(JsonNode told) {
        return told.path("jobs").valueStream().flatMap(id -> JobId.parse(id.asString("")).stream());
    }

    private static Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private Optional<HttpResponse<byte[]>> get(URI question) {
        try {
            return Optional.of(
                    http.send(HttpRequest.newBuilder(question).timeout(patience).build(), BodyHandlers.ofByteArray()));
        } catch (IOException failure) {
            LOG.atDebug()
                    .addKeyValue("store", question.getAuthority())
                    .log("A result store did not answer: {}", failure.toString());
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
