package io.genapi.systemtests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network between clients and servers, whose connections a test can break. Thread-safe. */
public final class BreakableLine implements AutoCloseable {

    private final ServerSocket entrance;
    private final List<URI> servers;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private int connections;

    /** @param servers the first connection goes to the first one, and so on; all that follow to the last one */
    public BreakableLine(List<URI> servers) {
        this.servers = List.copyOf(servers);
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().name("line").start(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** How many connections there were so far. */
    public synchronized int connections() {
        return connections;
    }

    /** Breaks all connections that there are; new ones go through. */
    public void cut() {
        sockets.forEach(BreakableLine::close);
        sockets.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                URI server = next();
                Socket onward = new Socket(server.getHost(), server.getPort());
                sockets.addAll(List.of(client, onward));
                Thread.ofVirtual().start(() -> pass(client, onward));
                Thread.ofVirtual().start(() -> pass(onward, client));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private synchronized URI next() {
        return servers.get(Math.min(connections++, servers.size() - 1));
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // The other direction is of no use then.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cut();
    }
}
