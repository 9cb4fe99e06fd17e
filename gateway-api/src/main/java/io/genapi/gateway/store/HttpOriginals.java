package io.genapi.gateway.store;

import io.genapi.gateway.job.Originals;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Likeness;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the living store instances, one after the other. Thread-safe. */
public final class HttpOriginals implements Originals {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final StoreInstances instances;
    private final Duration patience;

    /** @param patience with each instance */
    public HttpOriginals(StoreInstances instances, Duration patience) {
        this.instances = instances;
        this.patience = patience;
    }

    @Override
    public Answer find(JobId id) {
        return instances.<Answer>ask(
                "/store/originals/" + id,
                patience,
                answer -> answer.map(HttpOriginals::original)
                        .orElseGet(() -> new Answer.Unknown("the result store did not answer")),
                answer -> !(answer instanceof Answer.Unknown),
                new Answer.Unknown("no result store is running"));
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
    public List<JobId> recent(Likeness likeness) {
        String path = "/store/recent-requests?tenant=%s&body_sha256=%s%s%s"
                .formatted(
                        encoded(likeness.tenant().value()),
                        likeness.digest(),
                        likeness.vendor()
                                .map(vendor -> "&vendor=" + encoded(vendor.value()))
                                .orElse(""),
                        likeness.orderingKey()
                                .map(key -> "&ordering_key=" + encoded(key))
                                .orElse(""));
        return instances.askAll(path, patience).stream()
                .filter(response -> response.statusCode() == 200)
                .flatMap(response -> read(response.body()).stream())
                .flatMap(HttpOriginals::jobs)
                .sorted(Comparator.<JobId>reverseOrder())
                .distinct()
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
}
