package io.genapi.gateway.store;

import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the living store instances, one after the other, until one knows. Thread-safe. */
public final class HttpJobStore implements JobStore {

    private static final Logger LOG = LoggerFactory.getLogger(HttpJobStore.class);

    private final StoreInstances instances;
    private final Duration answerPatience;

    /** @param answerPatience how long one instance may take, beyond the wait that it was asked for */
    public HttpJobStore(StoreInstances instances, Duration answerPatience) {
        this.instances = instances;
        this.answerPatience = answerPatience;
    }

    @Override
    public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
        return ask("/store/jobs/" + id + "?wait_ms=" + wait.toMillis() + tenant(viewer), wait.plus(answerPatience));
    }

    @Override
    public StoreAnswer list(JobQuery query) {
        return ask(
                "/store/jobs?limit=" + query.limit()
                        + query.after().map(after -> "&after=" + after).orElse("")
                        + query.status()
                                .map(JobStatus::wireName)
                                .map(name -> "&status=" + name)
                                .orElse("")
                        + query.createdAfter()
                                .map(at -> "&created_from=" + encoded(at.plusNanos(1)))
                                .orElse("")
                        + query.createdBefore()
                                .map(at -> "&created_to=" + encoded(at))
                                .orElse("")
                        + tenant(query.viewer()),
                answerPatience);
    }

    /** Years of more than four digits begin with a plus, which would be read as a space. */
    private static String encoded(Instant at) {
        return at.toString().replace("+", "%2B");
    }

    private static String tenant(Optional<TenantId> viewer) {
        return viewer.map(tenant -> "&tenant=" + URLEncoder.encode(tenant.value(), StandardCharsets.UTF_8))
                .orElse("");
    }

    private StoreAnswer ask(String path, Duration patience) {
        return instances.ask(
                path,
                patience,
                answer -> answer.map(HttpJobStore::read)
                        .orElseGet(() -> new StoreAnswer.Unknown("the result store did not answer")),
                answer -> !(answer instanceof StoreAnswer.Unknown),
                new StoreAnswer.Unknown("no result store is running"));
    }

    private static StoreAnswer read(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 -> new StoreAnswer.Found(response.body());
            case 404 -> new StoreAnswer.NotFound();
            case 410 -> new StoreAnswer.Gone(response.body());
            case 503 -> new StoreAnswer.Unknown("the result store is catching up");
            default -> {
                LOG.atWarn()
                        .addKeyValue("store", response.uri().getAuthority())
                        .addKeyValue("status", response.statusCode())
                        .log("A result store gave an unexpected answer");
                yield new StoreAnswer.Unknown("the result store answered " + response.statusCode());
            }
        };
    }
}
