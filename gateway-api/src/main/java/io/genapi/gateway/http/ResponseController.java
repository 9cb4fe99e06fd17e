package io.genapi.gateway.http;

import io.genapi.gateway.cancel.AbandonedJobs;
import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.QueuedJob;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.responses.Conversation;
import io.genapi.gateway.responses.ResponseDocument;
import io.genapi.gateway.responses.ResponseId;
import io.genapi.gateway.responses.ResponseLookup;
import io.genapi.gateway.responses.StoredResponse;
import io.genapi.gateway.responses.Submitted;
import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.gateway.responses.request.ResponseRequestReader;
import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.gateway.submit.ResponseMode;
import io.genapi.gateway.submit.SubmissionOutcome;
import io.genapi.gateway.submit.Submissions;
import io.genapi.gateway.submit.Ties;
import io.genapi.gateway.tenant.TenantPlaces;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's responses: makes them. */
@RestController
public final class ResponseController {

    private final Submissions submissions;
    private final AbandonedJobs abandonedJobs;
    private final Turnstile turnstile;
    private final ResponseLookup responses;
    private final ResponseFollowing following;
    private final ResponseRequests requests;
    private final SubmissionHeaders headers;
    private final InstantSource clock;

    /**
     * @param maxBodyBytes of a request
     * @param latestDeadline how far ahead a job's deadline may lie
     */
    public ResponseController(
            Submissions submissions,
            AbandonedJobs abandonedJobs,
            Turnstile turnstile,
            ResponseLookup responses,
            Conversation conversation,
            ResponseFollowing following,
            int maxBodyBytes,
            Duration latestDeadline,
            NamedEndpoint endpoint,
            InstantSource clock) {
        this.submissions = submissions;
        this.abandonedJobs = abandonedJobs;
        this.turnstile = turnstile;
        this.responses = responses;
        this.following = following;
        this.requests = new ResponseRequests(conversation, maxBodyBytes);
        this.headers = new SubmissionHeaders(new TimeHeaders(latestDeadline, clock), endpoint);
        this.clock = clock;
    }

    /** One submission as its steps need it. */
    private record Call(
            ResponseRequest asked,
            ChatRequestBody body,
            Preferences preferences,
            Turnstile.Pass pass,
            HttpServletRequest request,
            HttpServletResponse response) {

        Exchange exchange() {
            return Exchange.of(request);
        }
    }

    @PostMapping("/v1/responses")
    @Nullable
    ResponseEntity<byte[]> create(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        Preferences preferences = Preferences.read(request.getHeaders(HttpHeaderNames.PREFER));
        ResponseRequest asked = asked(requests.read(request), preferences);
        try (Turnstile.Pass pass = turnstile.enter(Exchange.of(request), response)) {
            ChatRequestBody body = requests.body(asked, Exchange.of(request));
            Call call = new Call(asked, body, preferences, pass, request, response);
            if (asked.background()) {
                return asked.stream() ? streamInBackground(call) : background(call);
            }
            return asked.stream() ? stream(call) : answer(call);
        }
    }

    private static ResponseRequest asked(ResponseRequest asked, Preferences preferences) {
        if (!preferences.respondAsync() || asked.background()) {
            return asked;
        }
        if (!asked.store()) {
            throw new ApiErrorException(
                    ApiError.invalidRequest(400, "invalid_value", "store", ResponseRequestReader.storeNeeded()));
        }
        return asked.inBackground();
    }

    private SubmissionOutcome submit(Call call, ResponseMode mode) throws InterruptedException {
        return call.pass()
                .saw(submissions.submit(headers.submission(
                        call.body(), call.pass(), mode, Ties.of(call.asked().echo()), call.request())));
    }

    private ResponseEntity<byte[]> answer(Call call) throws InterruptedException {
        ResponseMode mode = new ResponseMode.Waiting(ClientPresence.of(call.request())::isThere);
        SubmissionOutcome outcome = submit(call, mode);
        if (outcome instanceof SubmissionOutcome.CallerLeft(JobRequest job, boolean attached) && !attached) {
            abandonedJobs.abandoned(job);
        }
        if (outcome instanceof SubmissionOutcome.Answered(JobId id, Reply reply)
                && reply.status() == JobStatus.SUCCEEDED) {
            return SubmissionResponses.ended(call.exchange(), id, reply)
                    .body(ResponseDocument.of(described(id, call), reply));
        }
        return new SubmissionResponses(call.exchange(), mode).of(outcome);
    }

    private @Nullable ResponseEntity<byte[]> stream(Call call) throws InterruptedException {
        EventStream wire = new EventStream(call.request(), call.response());
        Described described = new Described(call);
        ResponseStream events = new ResponseStream(wire, described::get, -1, false);
        ResponseMode mode = new ResponseMode.Streaming(
                id -> {
                    wire.about(id);
                    described.about(id);
                    return events;
                },
                false);
        StreamResponses ends = new StreamResponses(call.exchange(), events);
        return ends.guarded(() -> switch (submit(call, mode)) {
            case SubmissionOutcome.Streamed(JobRequest job, boolean attached, FollowOutcome outcome) -> {
                call.exchange().concerns(job.id());
                if (outcome instanceof FollowOutcome.Left && !attached) {
                    abandonedJobs.abandoned(job);
                }
                yield ends.ofSubmitted(job.id(), outcome);
            }
            case SubmissionOutcome other -> new SubmissionResponses(call.exchange(), mode).of(other);
        });
    }

    private ResponseEntity<byte[]> background(Call call) throws InterruptedException {
        ResponseMode mode = new ResponseMode.Async(call.preferences().patience().orElse(Duration.ZERO));
        return switch (submit(call, mode)) {
            case SubmissionOutcome.Accepted(QueuedJob job) -> {
                JobId id = job.request().id();
                yield taken(id, call).body(ResponseDocument.queued(described(id, call)));
            }
            case SubmissionOutcome.Answered(JobId id, Reply reply) ->
                taken(id, call).body(ResponseDocument.of(described(id, call), reply));
            case SubmissionOutcome.Attached(JobId id, byte[] document) -> {
                StoredResponse response = described(id, call);
                yield taken(id, call)
                        .body(JobDocument.read(document)
                                .map(job -> ResponseDocument.of(response, job))
                                .orElseGet(() -> ResponseDocument.queued(response)));
            }
            case SubmissionOutcome other -> new SubmissionResponses(call.exchange(), mode).of(other);
        };
    }

    /** In OpenAI's API that is a 200; who asks in HTTP's own words gets HTTP's own answer. */
    private static JsonResponse taken(JobId id, Call call) {
        call.exchange().concerns(id);
        JsonResponse response = JsonResponse.status(call.preferences().respondAsync() ? 202 : 200)
                .header(HttpHeaderNames.JOB_ID, id.value());
        return call.preferences().respondAsync()
                ? response.header(HttpHeaders.LOCATION, "/v1/responses/" + new ResponseId(id))
                        .header(HttpHeaderNames.PREFERENCE_APPLIED, "respond-async")
                : response;
    }

    private @Nullable ResponseEntity<byte[]> streamInBackground(Call call) throws InterruptedException {
        try (TenantPlaces.Place _ = following.place(call.exchange(), call.response())) {
            return streamWithPlace(call);
        }
    }

    private @Nullable ResponseEntity<byte[]> streamWithPlace(Call call) throws InterruptedException {
        ResponseMode mode = new ResponseMode.Async(Duration.ZERO);
        return switch (submit(call, mode)) {
            case SubmissionOutcome.Accepted(QueuedJob job) ->
                follow(job.request().id(), Optional.empty(), call);
            case SubmissionOutcome.Attached(JobId id, byte[] document) ->
                follow(id, JobDocument.read(document).flatMap(JobDocument::completedAt), call);
            case SubmissionOutcome other -> new SubmissionResponses(call.exchange(), mode).of(other);
        };
    }

    private @Nullable ResponseEntity<byte[]> follow(JobId id, Optional<Instant> endedAt, Call call)
            throws InterruptedException {
        return following.serve(described(id, call), -1, endedAt, call.request(), call.response());
    }

    private StoredResponse described(JobId id, Call call) {
        // The id of a key tells no time, and the first request of the key may have said something else of it.
        boolean keyed = id.createdAt().equals(Instant.EPOCH);
        return keyed && responses.submitted(id) instanceof Submitted.Found(StoredResponse first)
                ? first
                : new StoredResponse(
                        id,
                        keyed ? clock.instant() : id.createdAt(),
                        call.body(),
                        call.asked().echo());
    }

    /** The response of a stream, whose job is known only when it is submitted. Used by one thread. */
    private final class Described {
        private final Call call;
        private @Nullable JobId id;
        private @Nullable StoredResponse response;

        private Described(Call call) {
            this.call = call;
        }

        private void about(JobId job) {
            id = job;
            response = null;
        }

        private StoredResponse get() {
            StoredResponse known = response;
            if (known == null) {
                JobId job = id;
                if (job == null) {
                    throw new IllegalStateException("there is no job yet to tell of");
                }
                known = described(job, call);
                response = known;
            }
            return known;
        }
    }
}
