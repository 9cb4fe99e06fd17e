package io.genapi.gateway.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives those whose bodies are refused a moment to come to their end, so that they get to read the refusal: who is in the
 * middle of sending when a connection is closed mostly does not. Then the connection ends. Tomcat itself would read on as
 * long as each byte comes in time.
 */
public final class UnreadBodyValve extends ValveBase {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadBodyValve.class);

    /** Beyond it comes the silence that any connection may have. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long MOST_BYTES = 64 * 1024 * 1024;

    private final LongSupplier nanoTicker;

    public UnreadBodyValve(LongSupplier nanoTicker) {
        super(true);
        this.nanoTicker = nanoTicker;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        org.apache.coyote.Request message = request.getCoyoteRequest();
        if (message.isFinished() || request.isAsync()) {
            return;
        }
        // Who waits for leave to send its body was refused before it did.
        boolean comes = !message.hasExpectation() && !response.isError();
        if (!comes || !endsAfter(request, response)) {
            message.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Whether the body comes to its end in time. Its stream is closed with the response, so it is read from beneath. */
    private boolean endsAfter(Request request, Response response) {
        long begin = nanoTicker.getAsLong();
        try {
            response.finishResponse();
            Dropped dropped = new Dropped();
            long bytes = 0;
            while (bytes < MOST_BYTES && nanoTicker.getAsLong() - begin < PATIENCE.toNanos()) {
                int read = request.getCoyoteRequest().doRead(dropped);
                if (read < 0) {
                    return true;
                }
                bytes += read;
            }
        } catch (IOException gone) {
            LOG.debug("A refused body broke off", gone);
        }
        return false;
    }

    /** Takes what Tomcat has read, and does nothing with it. */
    private static final class Dropped implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer read) {
            buffer = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Nothing is kept.
        }
    }
}
