package io.genapi.gateway.traffic;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request that remembers its body, and which headers and parameters the gateway's own code asked it for. */
final class RecordedRequest extends HttpServletRequestWrapper {

    /** The body's and the connection's own, of which OpenAPI tells otherwise or not at all, and what tracing looks for. */
    private static final Set<String> OF_HTTP = Set.of(
            "authorization", "content-type", "content-encoding", "transfer-encoding", "host", "user-agent", "baggage");

    private final Set<String> read = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Body body = new Body();
    private @Nullable ServletInputStream stream;

    RecordedRequest(HttpServletRequest request) {
        super(request);
    }

    /** What was asked for, as {@code header X} and {@code query x}. */
    Set<String> read() {
        return read;
    }

    Optional<String> body() {
        return body.text();
    }

    @Override
    public @Nullable String getHeader(String name) {
        noteHeader(name);
        return super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        noteHeader(name);
        return Optional.ofNullable(super.getHeaders(name)).orElseGet(Collections::emptyEnumeration);
    }

    @Override
    public @Nullable String getParameter(String name) {
        if (isAskedByTheGateway()) {
            read.add("query " + name);
        }
        return super.getParameter(name);
    }

    private void noteHeader(String name) {
        if (!OF_HTTP.contains(name.toLowerCase(java.util.Locale.ROOT)) && isAskedByTheGateway()) {
            read.add("header " + name);
        }
    }

    private static boolean isAskedByTheGateway() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackFrame::getClassName)
                        .filter(name -> !name.startsWith(RecordedRequest.class.getPackageName()))
                        .filter(name -> !name.startsWith("jakarta.servlet."))
                        .findFirst()
                        .filter(name -> name.startsWith("io.genapi."))
                        .isPresent());
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new Recording(super.getInputStream(), body);
        }
        return stream;
    }

    /** Reads on, and keeps what was read. */
    private static final class Recording extends ServletInputStream {
        private final ServletInputStream source;
        private final Body body;

        Recording(ServletInputStream source, Body body) {
            this.source = source;
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            if (next >= 0) {
                body.add(new byte[] {(byte) next}, 0, 1);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = source.read(bytes, offset, length);
            if (count > 0) {
                body.add(bytes, offset, count);
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return source.available();
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
