package io.genapi.store.http;

import static io.genapi.store.http.PeerClient.FORWARDED;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.query.JobPage;
import io.genapi.store.query.PageRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The store's internal HTTP API: gateways and other stores ask it. */
@RestController
public final class StoreController {
    private final JobRouter router;
    private final StandingRouter standings;
    private final JobLister lister;
    private final TenantSums tenants;

    public StoreController(JobRouter router, StandingRouter standings, JobLister lister, TenantSums tenants) {
        this.router = router;
        this.standings = standings;
        this.lister = lister;
        this.tenants = tenants;
    }

    /**
     * One job: 200, 404 if there is certainly none or it is not the asking tenant's, 410 if its result is gone, 503 while
     * it cannot be told.
     */
    @GetMapping("/store/jobs/{id}")
    ResponseEntity<byte[]> job(
            @PathVariable("id") String id,
            @RequestParam(name = "wait_ms", required = false) @Nullable String waitMs,
            @RequestParam(name = "tenant", required = false) @Nullable String tenant,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        Duration wait = QueryParameters.wait(waitMs);
        Optional<TenantId> viewer = QueryParameters.viewer(tenant);
        Optional<JobId> parsed = JobId.parse(id);
        if (parsed.isEmpty()) {
            return entity(StoreResponse.absent(id));
        }
        return entity(
                forwarded == null
                        ? router.find(parsed.get(), viewer, wait)
                        : router.findHere(parsed.get(), viewer, wait));
    }

    /**
     * How far each of up to 1,000 jobs has come, without its result; with {@code wait_ms} for a table that lags behind Kafka.
     */
    @PostMapping("/store/standings")
    ResponseEntity<byte[]> standings(
            @RequestBody(required = false) byte @Nullable [] question,
            @RequestParam(name = "wait_ms", required = false) @Nullable String waitMs,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        List<JobId> ids = StandingDocument.readQuestion(question == null ? new byte[0] : question);
        Duration patience = QueryParameters.wait(waitMs);
        return json(200)
                .body(StandingDocument.answer(
                        forwarded == null ? standings.find(ids, patience) : standings.findHere(ids, patience)));
    }

    /** Jobs, newest first, without their results. */
    @GetMapping("/store/jobs")
    ResponseEntity<byte[]> jobs(
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "tenant", required = false) @Nullable String tenant,
            @RequestParam(name = "created_from", required = false) @Nullable String createdFrom,
            @RequestParam(name = "created_to", required = false) @Nullable String createdTo,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        PageRequest request =
                QueryParameters.page(limit, after, status, tenant, QueryParameters.period(createdFrom, createdTo));
        if (forwarded != null) {
            return lister.here(request)
                    .map(part -> json(200)
                            .header(JobLister.PARTITIONS, joined(part.partitions()))
                            .body(PageDocument.write(part.page())))
                    .orElseGet(StoreController::unlisted);
        }
        Optional<JobPage<ListedDocument>> page = lister.everywhere(request);
        return page.map(found -> json(200).body(PageDocument.write(found))).orElseGet(StoreController::unlisted);
    }

    /** What each tenant uses: its open jobs, and its tokens of a day in UTC. */
    @GetMapping("/store/tenants")
    ResponseEntity<byte[]> tenants(
            @RequestParam(name = "day") String day,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        LocalDate asked = QueryParameters.day(day);
        return forwarded == null
                ? tenants.everywhere(asked).map(json(200)::body).orElseGet(StoreController::unlisted)
                : json(200).body(tenants.here(asked));
    }

    private static String joined(Set<Integer> partitions) {
        return new TreeSet<>(partitions).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrong(InvalidParameterException invalid) {
        return entity(StoreResponse.error(
                ApiError.invalidRequest(400, "invalid_parameter", invalid.parameter(), invalid.explanation())));
    }

    private static ResponseEntity<byte[]> unlisted() {
        return entity(StoreResponse.unknown("parts of the store are moving, being restored, or cannot be reached"));
    }

    private static ResponseEntity<byte[]> entity(StoreResponse response) {
        ResponseEntity.BodyBuilder builder = json(response.status());
        return (response.status() == 503 ? builder.header(HttpHeaders.RETRY_AFTER, "1") : builder)
                .body(response.body());
    }

    private static ResponseEntity.BodyBuilder json(int status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    }
}
