package io.genapi.gateway.http;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.stream.StreamPosition;
import io.genapi.gateway.stream.Streams;
import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Streams of jobs, for callers that come with an id: those that lost their connection, and those that did not wait. */
@RestController
public final class StreamController {

    private final JobLookup jobs;
    private final Streams streams;
    private final WaitingRoom waitingRoom;

    public StreamController(JobLookup jobs, Streams streams, WaitingRoom waitingRoom) {
        this.jobs = jobs;
        this.streams = streams;
        this.waitingRoom = waitingRoom;
    }

    /** From the beginning, or from behind {@code Last-Event-ID}, and on until the job ends. */
    @GetMapping("/v1/jobs/{id}/stream")
    @Nullable
    ResponseEntity<byte[]> follow(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        JobId id = JobId.parse(text).orElseThrow(() -> JobAnswers.notFound(text));
        Exchange exchange = Exchange.of(request);
        exchange.concerns(id);
        Optional<StreamPosition> after = after(request.getHeader(HttpHeaderNames.LAST_EVENT_ID));
        boolean resets = StreamRestart.isAgreed(request);
        StoreAnswer answer = jobs.find(id, exchange.viewer(), Duration.ZERO);
        if (!(answer instanceof StoreAnswer.Found(byte[] document))) {
            return JobAnswers.of(answer, text, request);
        }
        EventStream events = new EventStream(request, response).about(id);
        StreamResponses responses = new StreamResponses(exchange, events);
        try (TenantPlaces.Place _ = waitingRoom.enter(exchange, response)) {
            return responses.guarded(
                    () -> responses.of(id, streams.follow(id, after, endedAt(document), events, resets)));
        }
    }

    private static Optional<Instant> endedAt(byte[] document) {
        return JobDocument.read(document)
                .filter(job -> job.status().isTerminal())
                .flatMap(JobDocument::completedAt);
    }

    private static Optional<StreamPosition> after(@Nullable String given) {
        if (given == null || given.isEmpty()) {
            return Optional.empty();
        }
        Optional<StreamPosition> position = StreamPosition.parse(given);
        if (position.isEmpty()) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "invalid_header",
                    HttpHeaderNames.LAST_EVENT_ID,
                    "Invalid value for header 'Last-Event-ID': '%s'. Send the id of an event of this stream, such as 0a1b2c3d-17, or leave it out to start at the beginning."
                            .formatted(SentText.excerpt(given))));
        }
        return position;
    }
}
