package io.genapi.gateway.http;

import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/**
 * How a stream ends for its reader: with a response that has a status of its own where nothing was sent yet, else with a
 * last event; then the response is null.
 */
final class StreamResponses {

    private static final Logger LOG = LoggerFactory.getLogger(StreamResponses.class);

    private final Exchange exchange;
    private final StreamVoice events;

    /** Follows a stream, and makes the response of how that ended. */
    interface Handler {
        @Nullable
        ResponseEntity<byte[]> handle() throws InterruptedException, IOException;
    }

    StreamResponses(Exchange exchange, StreamVoice events) {
        this.exchange = exchange;
        this.events = events;
    }

    /** What goes wrong in mid-stream must not add an error's body to the events: it becomes the last of them. */
    @Nullable
    ResponseEntity<byte[]> guarded(Handler handler) throws InterruptedException {
        try {
            return handler.handle();
        } catch (IOException gone) {
            LOG.debug("A stream's reader is gone", gone);
            return left("client_left");
        } catch (RuntimeException failure) {
            if (!events.hasBegun()) {
                throw failure;
            }
            LOG.atError()
                    .addKeyValue("request_id", exchange.requestId().value())
                    .addKeyValue("job_id", exchange.jobId().map(JobId::value).orElse(""))
                    .setCause(failure)
                    .log("A stream failed unexpectedly");
            return last(StreamErrors.unexpected(exchange.requestId()));
        } catch (InterruptedException interrupted) {
            if (!events.hasBegun()) {
                throw interrupted;
            }
            Thread.currentThread().interrupt();
            return last(
                    exchange.jobId().map(id -> events.errors(id).stopping()).orElseGet(StreamErrors::stoppingEarly));
        }
    }

    /** For the caller that submitted the job: it gets its answer in any case. */
    @Nullable
    ResponseEntity<byte[]> ofSubmitted(JobId id, FollowOutcome outcome) {
        return outcome instanceof FollowOutcome.NotStreamed(Reply reply)
                ? told(() -> events.whole(reply.body()))
                : of(id, outcome);
    }

    @Nullable
    ResponseEntity<byte[]> of(JobId id, FollowOutcome outcome) {
        return switch (outcome) {
            case FollowOutcome.Finished() -> told(events::done);
            case FollowOutcome.JobFailed(Reply reply) -> jobFailed(id, reply);
            case FollowOutcome.NotStreamed _ -> failed(id, events.errors(id).notStreamed());
            case FollowOutcome.Interrupted() -> failed(id, events.errors(id).interrupted());
            case FollowOutcome.ResultExpired() -> failed(id, JobErrors.resultExpired(id));
            case FollowOutcome.Gone() -> failed(id, events.errors(id).gone());
            case FollowOutcome.TimePassed() -> failed(id, events.errors(id).timePassed());
            case FollowOutcome.Stopping() -> failed(id, events.errors(id).stopping());
            case FollowOutcome.NoReader() -> failed(id, events.errors(id).noReader());
            case FollowOutcome.Left() -> left("client_left");
            case FollowOutcome.TooSlow() -> {
                LOG.atWarn()
                        .addKeyValue("request_id", exchange.requestId().value())
                        .addKeyValue("job_id", id.value())
                        .log("A client reads its stream too slowly and is disconnected; it may resume");
                yield left("client_too_slow");
            }
        };
    }

    private @Nullable ResponseEntity<byte[]> jobFailed(JobId id, Reply reply) {
        if (!events.hasBegun() && !events.tellsFailuresAsEvents()) {
            return SubmissionResponses.ended(exchange, id, reply).body(reply.body());
        }
        exchange.failedWith("job_" + reply.status().wireName());
        return told(() -> events.failed(reply));
    }

    private @Nullable ResponseEntity<byte[]> failed(JobId id, ApiError error) {
        if (events.hasBegun()) {
            return last(error);
        }
        error.code().ifPresent(exchange::failedWith);
        JsonResponse response = JsonResponse.status(error.status()).job(id).doNotRetry();
        return (error.status() == 503 ? response.retryAfter(JobAnswers.ASK_AGAIN) : response).body(error);
    }

    private @Nullable ResponseEntity<byte[]> last(ApiError error) {
        error.code().ifPresent(exchange::failedWith);
        return told(() -> events.broken(error));
    }

    private @Nullable ResponseEntity<byte[]> left(String code) {
        exchange.failedWith(code);
        return null;
    }

    /** Last words. */
    private interface Words {
        void tell() throws IOException;
    }

    private @Nullable ResponseEntity<byte[]> told(Words words) {
        try {
            words.tell();
        } catch (IOException gone) {
            exchange.failedWith("client_left");
            LOG.debug("A stream's end could not be told to its reader", gone);
        }
        return null;
    }
}
