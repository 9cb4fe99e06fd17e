package io.genapi.store.outbound;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says what no server of a library would say, byte for byte, to whoever connects. */
final class RawServer implements AutoCloseable {

    private final ServerSocket server;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * @param head what it says at once; the request is not read
     * @param drip what it says then, again and again; empty for silence
     * @param everyMillis how long it rests in between
     */
    RawServer(String head, Supplier<String> drip, long everyMillis) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> speak(socket, head, drip, everyMillis));
                }
            } catch (IOException closed) {
                // It is over.
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    private void speak(Socket socket, String head, Supplier<String> drip, long everyMillis) {
        try (OutputStream out = socket.getOutputStream()) {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            while (!over.await(everyMillis, TimeUnit.MILLISECONDS)) {
                out.write(drip.get().getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException | InterruptedException gone) {
            // The client has heard enough.
        }
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
