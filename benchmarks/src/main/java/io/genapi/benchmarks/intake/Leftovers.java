package io.genapi.benchmarks.intake;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must not stay when the benchmark ends: closed last in, first out, also when a signal ends this JVM. */
final class Leftovers implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "leftovers");
    private boolean closed;

    Leftovers() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @throws InterruptedException if everything is being closed by now */
    synchronized <T extends AutoCloseable> T add(T resource) throws InterruptedException {
        open.push(resource);
        if (closed) {
            closeAll();
            throw new InterruptedException();
        }
        return resource;
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private synchronized void closeAll() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                System.err.println("Something was left behind: " + failure.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It is the hook's turn, and there is nothing left to do.
        }
    }
}
