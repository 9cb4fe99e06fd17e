package io.genapi.benchmarks.waiting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Calls whose callers have asked and listen no more than a socket does: they cost this process next to nothing. */
final class HeldCalls implements AutoCloseable {

    /** More would overrun what the kernel queues for the gateway to accept. */
    private static final int CONNECTING_AT_ONCE = 64;

    private static final int CONNECT_MILLIS = 60_000;

    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    private HeldCalls() {}

    /** Returns when all have asked; whether they wait is for the gateway to say. */
    static HeldCalls open(URI gateway, Kind kind, int calls) throws InterruptedException {
        HeldCalls held = new HeldCalls();
        Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> asked = IntStream.range(0, calls)
                    .mapToObj(number -> threads.submit(() -> {
                        connecting.acquire();
                        try {
                            held.ask(gateway, kind.body(number));
                        } finally {
                            connecting.release();
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : asked) {
                one.get();
            }
            return held;
        } catch (ExecutionException failure) {
            held.close();
            throw new IllegalStateException(
                    "not all callers reached the gateway; each takes a file descriptor here and one there (ulimit -n): "
                            + failure.getCause(),
                    failure);
        }
    }

    private void ask(URI gateway, String body) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()), CONNECT_MILLIS);
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(gateway.getAuthority(), content.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(content);
    }

    /** All callers hang up. */
    @Override
    public void close() {
        sockets.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }
}
