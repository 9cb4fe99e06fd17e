package io.genapi.gateway.http;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Jobs, for callers that ask for them. */
@RestController
public final class JobController {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final JobLookup jobs;
    private final WaitingRoom waitingRoom;

    public JobController(JobLookup jobs, WaitingRoom waitingRoom) {
        this.jobs = jobs;
        this.waitingRoom = waitingRoom;
    }

    /** One job; {@code Prefer: wait=n} holds the answer back until it has ended, for at most 60 s. */
    @GetMapping("/v1/jobs/{id}")
    ResponseEntity<byte[]> find(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        JobId id = JobId.parse(text).orElseThrow(() -> JobAnswers.notFound(text));
        Exchange exchange = Exchange.of(request);
        exchange.concerns(id);
        Optional<Duration> wait = Preferences.read(request.getHeaders(HttpHeaderNames.PREFER))
                .patience()
                .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
        StoreAnswer answer = wait.filter(Duration::isPositive).isPresent()
                ? await(id, wait.get(), exchange, response)
                : jobs.find(id, exchange.viewer(), Duration.ZERO);
        return switch (answer) {
            case StoreAnswer.Found(byte[] document) -> found(document, wait);
            case StoreAnswer.NotFound _, StoreAnswer.Gone _, StoreAnswer.Unknown _ ->
                JobAnswers.of(answer, text, request);
        };
    }

    private StoreAnswer await(JobId id, Duration wait, Exchange exchange, HttpServletResponse response)
            throws InterruptedException {
        try (TenantPlaces.Place _ = waitingRoom.enter(exchange, response)) {
            return jobs.find(id, exchange.viewer(), wait);
        }
    }

    /** Jobs, newest first. */
    @GetMapping("/v1/jobs")
    ResponseEntity<byte[]> list(HttpServletRequest request) throws InterruptedException {
        JobQuery query = new JobQuery(
                limit(request.getParameter("limit")),
                after(request.getParameter("after")),
                status(request.getParameter("status")),
                instant("created_after", request.getParameter("created_after")),
                instant("created_before", request.getParameter("created_before")),
                Exchange.of(request).viewer());
        return switch (jobs.list(query)) {
            case StoreAnswer.Found(byte[] page) -> JsonResponse.status(200).body(page);
            case StoreAnswer.NotFound _, StoreAnswer.Gone _ ->
                JobAnswers.unknown("the result store cannot list jobs", request);
            case StoreAnswer.Unknown(String reason) -> JobAnswers.unknown(reason, request);
        };
    }

    private static ResponseEntity<byte[]> found(byte[] document, Optional<Duration> wait) {
        JsonResponse response = JsonResponse.status(200);
        wait.ifPresent(applied -> response.header(HttpHeaderNames.PREFERENCE_APPLIED, "wait=" + applied.toSeconds()));
        boolean open = JobDocument.read(document)
                .filter(job -> !job.status().isTerminal())
                .isPresent();
        return (open ? response.retryAfter(JobAnswers.ASK_AGAIN) : response).body(document);
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return JobQuery.DEFAULT_LIMIT;
        }
        int limit = given.matches("[0-9]{1,4}") ? Integer.parseInt(given) : 0;
        if (limit < 1 || limit > JobQuery.MAX_LIMIT) {
            throw invalid("limit", given, "a whole number from 1 to " + JobQuery.MAX_LIMIT);
        }
        return limit;
    }

    private static Optional<JobId> after(@Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        return Optional.of(
                JobId.parse(given).orElseThrow(() -> invalid("after", given, "a job id, the last_id of a page")));
    }

    private static Optional<JobStatus> status(@Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        return Optional.of(JobStatus.fromWireName(given)
                .orElseThrow(() -> invalid(
                        "status",
                        given,
                        Arrays.stream(JobStatus.values())
                                .map(JobStatus::wireName)
                                .collect(Collectors.joining(", ", "one of ", "")))));
    }

    private static Optional<Instant> instant(String parameter, @Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(given).toInstant());
        } catch (DateTimeException malformed) {
            throw invalid(
                    parameter, given, "an RFC 3339 time such as 2026-01-31T12:00:00Z, with %2B for a + in its offset");
        }
    }

    private static ApiErrorException invalid(String parameter, String given, String expected) {
        return new ApiErrorException(ApiError.invalidRequest(
                400,
                "invalid_value",
                parameter,
                "Invalid value for '%s': '%s'. Send %s, or leave it out."
                        .formatted(parameter, SentText.excerpt(given), expected)));
    }
}
