package io.genapi.runtime.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for another resolver only so long. The system's look-up cannot be broken off, and holds the thread below a virtual
 * one: a name server that never answers, which may be a caller's own, would stop the process. So look-ups run in a few
 * threads of their own, and those of one name are one. Thread-safe.
 */
public final class BoundedResolver implements HostResolver, AutoCloseable {

    private static final int MOST_THREADS = 32;
    private static final int MOST_WAITING = 1_000;

    private final HostResolver resolver;
    private final Duration patience;
    private final Map<String, CompletableFuture<List<InetAddress>>> running = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /** @param patience of one look-up, the wait for a free thread included */
    public BoundedResolver(HostResolver resolver, Duration patience) {
        this.resolver = resolver;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("look-up-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws LookUpTimeoutException if there was no answer in time */
    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        try {
            return running.computeIfAbsent(host, this::begin).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException late) {
            throw new LookUpTimeoutException();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("looking up a host failed", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LookUpTimeoutException();
        }
    }

    private CompletableFuture<List<InetAddress>> begin(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(resolver.resolve(host));
            } catch (UnknownHostException | RuntimeException failure) {
                answer.completeExceptionally(failure);
            } finally {
                running.remove(host, answer);
            }
        });
        return answer;
    }

    /** Leaves alone what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
