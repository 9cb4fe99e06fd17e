package io.genapi.worker.http;

import io.genapi.worker.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A vendor that answers one call with just these bytes, and then ends its answer or falls silent. */
final class EventServer implements AutoCloseable {

    private static final List<String> HEAD =
            List.of("HTTP/1.1 200 OK", "Content-Type: text/event-stream; charset=utf-8", "Transfer-Encoding: chunked");

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch left = new CountDownLatch(1);

    private EventServer() throws IOException {}

    static EventServer closing(String... events) throws IOException {
        return new EventServer().serve(false, events);
    }

    static EventServer silent(String... events) throws IOException {
        return new EventServer().serve(true, events);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    /** Reached when the client has left a vendor that is silent. */
    CountDownLatch left() {
        return left;
    }

    private EventServer serve(boolean silent, String... events) {
        Thread.ofVirtual().start(() -> {
            try (Socket connection = socket.accept()) {
                OutputStream out = connection.getOutputStream();
                out.write(Samples.utf8(String.join("\r\n", HEAD) + "\r\n\r\n"));
                for (String event : events) {
                    byte[] bytes = Samples.utf8(event + "\n\n");
                    out.write(Samples.utf8(Integer.toHexString(bytes.length) + "\r\n"));
                    out.write(bytes);
                    out.write(Samples.utf8("\r\n"));
                }
                if (!silent) {
                    out.write(Samples.utf8("0\r\n\r\n"));
                }
                out.flush();
                drain(connection);
            } catch (IOException clientLeft) {
                left.countDown();
            }
        });
        return this;
    }

    private void drain(Socket connection) throws IOException {
        byte[] request = new byte[1_024];
        while (connection.getInputStream().read(request) >= 0) {
            // What the client has sent is of no interest here, only its end.
        }
        left.countDown();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
