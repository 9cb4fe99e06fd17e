package io.genapi.gateway.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with an end to patience: Tomcat's own time-out begins anew with each byte, so whoever sends one now and then
 * keeps a connection for ever. Here the whole head of a request has to come within a time. It also keeps its buffers small.
 * Made by Tomcat, by its name.
 */
public final class ImpatientProtocol extends Http11NioProtocol {

    /** Of what a response collects before it writes. Thousands of calls wait at once, each with three times as much. */
    private static final int RESPONSE_BUFFER_BYTES = 512;

    private volatile long headPatienceNanos = Duration.ofSeconds(20).toNanos();

    /** From a request's first byte to the end of its headers, in milliseconds; set by Tomcat, as a connector's property. */
    public void setHeadPatience(long millis) {
        headPatienceNanos = Duration.ofMillis(millis).toNanos();
    }

    /** Answers are written at once and whole: what a call that waits holds for its own is all that larger ones would add. */
    @Override
    public int getDesiredBufferSize() {
        return RESPONSE_BUFFER_BYTES;
    }

    @Override
    protected Processor createProcessor() {
        return new ImpatientProcessor(getAdapter());
    }

    /** Of one connection at a time, and then of another one. */
    private final class ImpatientProcessor extends Http11Processor {

        /** Whose head is incomplete, and since when, by the nanosecond clock. */
        private @Nullable SocketWrapperBase<?> waitingFor;

        private long since;

        ImpatientProcessor(Adapter adapter) {
            super(ImpatientProtocol.this, adapter);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // Each connection has an object of its own.
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            long now = System.nanoTime();
            if (waitingFor != socket) {
                waitingFor = socket;
                since = now;
            }
            SocketState state = super.service(socket);
            // Without a request being handled, LONG says that more of its head is to come.
            boolean incomplete = state == SocketState.LONG && !isAsync();
            if (!incomplete) {
                waitingFor = null;
                return state;
            }
            return System.nanoTime() - since > headPatienceNanos ? SocketState.CLOSED : state;
        }
    }
}
