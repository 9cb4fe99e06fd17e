package io.genapi.systemtests;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Does with connections what no honest server does, until it has recovered: then it hands them on to one. Thread-safe. */
final class SickReceiver implements AutoCloseable {

    /** What it does. */
    enum Sickness {
        /** The system takes none either, for its queue is full. */
        TAKES_NO_CONNECTION,
        SAYS_NOTHING,
        ENDLESS_HEADERS,
        ENDLESS_ANSWER
    }

    private static final int QUEUE = 1;
    private static final String STATUS = "HTTP/1.1 200 OK\r\n";

    private final Sickness sickness;
    private final URI healthy;
    private final ServerSocket entrance;
    private final CountDownLatch recovery = new CountDownLatch(1);
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

    /** @param healthy where connections lead to in the end */
    SickReceiver(Sickness sickness, URI healthy) throws IOException {
        this.sickness = sickness;
        this.healthy = healthy;
        this.entrance = new ServerSocket(
                0, sickness == Sickness.TAKES_NO_CONNECTION ? QUEUE : 50, InetAddress.getLoopbackAddress());
        if (sickness == Sickness.TAKES_NO_CONNECTION) {
            for (int filling = 0; filling < 8 * QUEUE; filling++) {
                SocketChannel waiting = SocketChannel.open();
                open.add(waiting);
                waiting.configureBlocking(false);
                waiting.connect(entrance.getLocalSocketAddress());
            }
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI url(String scheme, String path) {
        return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, entrance.getLocalPort(), path));
    }

    void recover() {
        recovery.countDown();
    }

    private void accept() {
        try {
            if (sickness == Sickness.TAKES_NO_CONNECTION) {
                recovery.await();
            }
            while (true) {
                Socket client = entrance.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException | InterruptedException closed) {
            // It is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (recovery.getCount() == 0) {
                handOn(client);
                return;
            }
            switch (sickness) {
                case TAKES_NO_CONNECTION, SAYS_NOTHING -> recovery.await();
                case ENDLESS_HEADERS -> repeat(client, STATUS, "X-More: of the same\r\n");
                case ENDLESS_ANSWER -> repeat(client, STATUS + "\r\n", "more of the same\n");
            }
        } catch (IOException | InterruptedException gone) {
            // The client has heard enough.
        }
    }

    private void repeat(Socket client, String head, String again) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] more = again.repeat(64).getBytes(StandardCharsets.US_ASCII);
        while (recovery.getCount() > 0) {
            out.write(more);
        }
    }

    private void handOn(Socket client) throws IOException, InterruptedException {
        try (Socket onward = new Socket(healthy.getHost(), healthy.getPort())) {
            open.add(onward);
            Thread back = Thread.ofVirtual().start(() -> pass(onward, client));
            pass(client, onward);
            back.join();
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // The other direction is of no use then.
        }
    }

    @Override
    public void close() throws IOException {
        recover();
        entrance.close();
        for (Closeable one : open) {
            one.close();
        }
    }
}
