package io.genapi.gateway.http;

import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.responses.ResponseEvent;
import io.genapi.gateway.responses.ResponseEvents;
import io.genapi.gateway.responses.StoredResponse;
import io.genapi.gateway.stream.StreamPosition;
import io.genapi.gateway.stream.StreamSink;
import io.genapi.gateway.stream.WholeAnswer;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RunId;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A response's events to one reader, who may have some of them. Not thread-safe. */
final class ResponseStream implements StreamSink, StreamVoice {

    private final EventStream wire;
    private final Supplier<StoredResponse> response;
    private final long after;
    private final boolean patient;
    private @Nullable ResponseEvents events;
    private boolean atWork;
    private long last;
    private long reached = -1;

    /**
     * @param response asked for when the first event is due
     * @param after the number of the last event that the reader has; -1 where it has none
     * @param patient whether the reader knows that the job is there, and wants to hear of its failure too
     */
    ResponseStream(EventStream wire, Supplier<StoredResponse> response, long after, boolean patient) {
        this.wire = wire;
        this.response = response;
        this.after = after;
        this.patient = patient;
        this.last = Math.max(0, after);
    }

    /** Says at once what comes first. */
    ResponseStream begin() throws IOException {
        var _ = events();
        wire.open();
        wire.flush();
        return this;
    }

    private ResponseEvents events() throws IOException {
        ResponseEvents known = events;
        if (known == null) {
            known = new ResponseEvents(response.get());
            events = known;
            tell(known.begin());
        }
        return known;
    }

    private ResponseEvents eventsAtWork() throws IOException {
        ResponseEvents known = events();
        if (!atWork) {
            atWork = true;
            tell(known.progress());
        }
        return known;
    }

    private void tell(List<ResponseEvent> news) throws IOException {
        for (ResponseEvent event : news) {
            reached = event.sequence();
            if (event.sequence() > after) {
                last = event.sequence();
                wire.event(event.type(), event.toJson());
            }
        }
    }

    @Override
    public void send(StreamPosition position, byte[] chunk) throws IOException {
        tell(eventsAtWork().piece(chunk));
    }

    @Override
    public void restart(RunId run) {
        throw new IllegalStateException("events of another run cannot follow: " + run);
    }

    @Override
    public void keepAlive() throws IOException {
        wire.keepAlive();
    }

    @Override
    public void flush() throws IOException {
        wire.flush();
    }

    @Override
    public boolean isThere() {
        return wire.isThere();
    }

    @Override
    public boolean hasBegun() {
        return wire.hasBegun();
    }

    @Override
    public boolean tellsFailuresAsEvents() {
        return patient;
    }

    @Override
    public StreamErrors errors(JobId id) {
        return response.get().kept() ? StreamErrors.ofResponse(id) : StreamErrors.ofJob(id);
    }

    @Override
    public void whole(byte[] completion) throws IOException {
        ResponseEvents known = eventsAtWork();
        tell(known.piece(WholeAnswer.asChunk(completion)));
        tell(known.piece(WholeAnswer.usageOf(completion)));
        done();
    }

    @Override
    public void done() throws IOException {
        end(eventsAtWork().succeeded());
    }

    @Override
    public void failed(Reply reply) throws IOException {
        end(eventsAtWork().failed(reply.status(), reply.body()));
    }

    /** What ends before the event that the reader has is not what that was of. */
    private void end(List<ResponseEvent> lastWords) throws IOException {
        tell(lastWords);
        if (reached < after) {
            broken(errors(response.get().id().job()).interrupted());
        } else {
            wire.open();
            wire.flush();
        }
    }

    /** It has the number of the event before it, so that who goes on behind it misses none. */
    @Override
    public void broken(ApiError error) throws IOException {
        wire.event(
                "error",
                JsonMapper.shared()
                        .writeValueAsBytes(JsonMapper.shared()
                                .createObjectNode()
                                .put("type", "error")
                                .put("code", error.code().orElse(error.type()))
                                .put("message", error.message())
                                .put("param", error.param().orElse(null))
                                .put("sequence_number", last)));
        wire.flush();
    }
}
