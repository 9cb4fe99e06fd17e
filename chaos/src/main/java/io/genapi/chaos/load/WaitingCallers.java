package io.genapi.chaos.load;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Callers that ask at an even pace by HTTP until they are stopped, and wait for their answers. Thread-safe. */
public final class WaitingCallers implements AutoCloseable {

    private final Api api;
    private final String prefix;
    private final Pacer pacer;
    private final Queue<CompletableFuture<Asked>> asked = new ConcurrentLinkedQueue<>();

    private WaitingCallers(Api api, int perSecond, String prefix) {
        this.api = api;
        this.prefix = prefix;
        this.pacer = new Pacer(perSecond, number -> asked.add(Concurrently.start(() -> ask(prefix + number))));
    }

    /** @param prefix of the callers' names; no other job may have it */
    public static WaitingCallers start(Api api, int perSecond, String prefix) {
        WaitingCallers callers = new WaitingCallers(api, perSecond, prefix);
        callers.pacer.start();
        return callers;
    }

    private Asked ask(String name) {
        Instant at = Instant.now();
        long from = System.nanoTime();
        int status;
        try {
            status = api.chat(name, "X-Correlation-ID", name).status();
        } catch (UncheckedIOException unanswered) {
            status = 0;
        }
        return new Asked(name, at, Duration.ofNanos(System.nanoTime() - from), status);
    }

    public String prefix() {
        return prefix;
    }

    /** No caller comes any more; returns what all saw, when the last has its answer. */
    public List<Asked> stop() {
        pacer.close();
        return Concurrently.join(List.copyOf(asked));
    }

    @Override
    public void close() {
        pacer.close();
    }
}
