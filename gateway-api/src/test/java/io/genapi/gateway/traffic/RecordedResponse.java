package io.genapi.gateway.traffic;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response that remembers its body. */
final class RecordedResponse extends HttpServletResponseWrapper {

    private final Body body = new Body();
    private @Nullable ServletOutputStream stream;

    RecordedResponse(HttpServletResponse response) {
        super(response);
    }

    Optional<String> body() {
        return body.text();
    }

    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        getHeaderNames().forEach(name -> headers.put(name, List.copyOf(getHeaders(name))));
        Optional.ofNullable(getContentType()).ifPresent(type -> headers.put("Content-Type", List.of(type)));
        return headers;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new Recording(super.getOutputStream(), body);
        }
        return stream;
    }

    /** Writes on, and keeps what was written. */
    private static final class Recording extends ServletOutputStream {
        private final ServletOutputStream target;
        private final Body body;

        Recording(ServletOutputStream target, Body body) {
            this.target = target;
            this.body = body;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            body.add(bytes, offset, length);
            try {
                target.write(bytes, offset, length);
            } catch (IOException broken) {
                body.brokeOff();
                throw broken;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                target.flush();
            } catch (IOException broken) {
                body.brokeOff();
                throw broken;
            }
        }

        @Override
        public boolean isReady() {
            return target.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            target.setWriteListener(listener);
        }
    }
}
