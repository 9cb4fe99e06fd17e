package io.genapi.gateway.http;

import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.stream.StreamPosition;
import io.genapi.gateway.stream.StreamSink;
import io.genapi.gateway.stream.WholeAnswer;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RunId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events, as <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the HTML standard</a>
 * has them and OpenAI sends them. The response begins with the first word to its reader, so that until then it may as well
 * become an error. Not thread-safe.
 */
final class EventStream implements StreamSink, StreamVoice {

    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END_OF_EVENT = ascii("\n\n");
    private static final byte[] DONE = ascii("data: [DONE]\n\n");
    private static final byte[] KEEP_ALIVE = ascii(": keep-alive\n\n");

    private final HttpServletResponse response;
    private final ClientPresence client;
    private @Nullable JobId job;
    private boolean begun;

    EventStream(HttpServletRequest request, HttpServletResponse response) {
        this.response = response;
        this.client = ClientPresence.of(request);
    }

    /** Names the job in the response. */
    EventStream about(JobId id) {
        job = id;
        return this;
    }

    /** Then no status can be told any longer. */
    @Override
    public boolean hasBegun() {
        return begun;
    }

    @Override
    public void send(StreamPosition position, byte[] chunk) throws IOException {
        write(ascii("id: " + position + "\n"), DATA, oneLine(chunk), END_OF_EVENT);
    }

    @Override
    public void restart(RunId run) throws IOException {
        write(ascii("event: reset\ndata: {\"run\":\"" + run + "\"}\n\n"));
    }

    @Override
    public void keepAlive() throws IOException {
        write(KEEP_ALIVE);
        flush();
    }

    /** One event of a name. */
    void event(String name, byte[] json) throws IOException {
        write(ascii("event: " + name + "\n"), DATA, oneLine(json), END_OF_EVENT);
    }

    /** Begins the response although there is nothing to say. */
    void open() {
        if (!begun) {
            begun = true;
            begin();
        }
    }

    @Override
    public boolean tellsFailuresAsEvents() {
        return false;
    }

    @Override
    public StreamErrors errors(JobId id) {
        return StreamErrors.ofJob(id);
    }

    /** It has no place in a stream, so nobody can go on behind it. */
    @Override
    public void whole(byte[] completion) throws IOException {
        write(DATA, oneLine(WholeAnswer.asChunk(completion)), END_OF_EVENT);
        done();
    }

    @Override
    public void done() throws IOException {
        write(DONE);
        flush();
    }

    @Override
    public void failed(Reply reply) throws IOException {
        fail(reply.body());
    }

    @Override
    public void broken(ApiError error) throws IOException {
        fail(error.toJson());
    }

    /** @param envelope OpenAI's, after which nothing comes */
    private void fail(byte[] envelope) throws IOException {
        write(DATA, oneLine(envelope), END_OF_EVENT);
        flush();
    }

    @Override
    public void flush() throws IOException {
        if (begun) {
            try {
                response.getOutputStream().flush();
            } catch (IOException failure) {
                throw told(failure);
            }
        }
    }

    @Override
    public boolean isThere() {
        return client.isThere();
    }

    private void write(byte[]... parts) throws IOException {
        open();
        try {
            for (byte[] part : parts) {
                response.getOutputStream().write(part);
            }
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    private void begin() {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        // nginx and its like pass events on as they come.
        response.setHeader("X-Accel-Buffering", "no");
        if (job != null) {
            response.setHeader(HttpHeaderNames.JOB_ID, job.value());
        }
    }

    private static IOException told(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return new SlowFollowerException(failure);
            }
        }
        return failure;
    }

    /** A line's end would end the event; in JSON it can only stand between two tokens. */
    private static byte[] oneLine(byte[] json) {
        byte[] line = json.clone();
        for (int at = 0; at < line.length; at++) {
            if (line[at] == '\n' || line[at] == '\r') {
                line[at] = ' ';
            }
        }
        return line;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
