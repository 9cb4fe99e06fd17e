package io.genapi.worker.intake;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Keeps this process from doing one thing twice, whoever asks for it: a consumer that replaces a failed one reads again
 * what that one had begun or could not commit. Bounded: it forgets what was done longest ago. Thread-safe.
 *
 * @param <T> the thing, with {@code equals} and {@code hashCode}
 */
public final class OnceOnly<T> {

    /** A part of the work; what it throws, its caller gets. */
    @FunctionalInterface
    public interface Step {

        /** @return whether the thing is done; if not, it is anybody's again */
        boolean take() throws Exception;
    }

    /** Whose thing it is; complete when its owner is through with it. */
    private record Claim(Thread owner, CompletableFuture<Boolean> done) {}

    private final Map<T, Claim> claims = new ConcurrentHashMap<>();
    private final Queue<T> done = new ArrayDeque<>();
    private final int remembered;
    private final Semaphore permits;

    /**
     * @param atOnce how many things are worked on at the same time, at least 1
     * @param remembered how many things that are done it knows, at least 1
     */
    public OnceOnly(int atOnce, int remembered) {
        this.permits = new Semaphore(atOnce);
        this.remembered = remembered;
    }

    /**
     * Takes the step, unless the thing is done. Where another thread works on it, waits for what comes of that first.
     * After a failure the thing stays this thread's, to be done by another call.
     *
     * @return whether the thing is done now
     */
    public boolean run(T thing, Step step) throws Exception {
        while (true) {
            Claim claim =
                    claims.computeIfAbsent(thing, _ -> new Claim(Thread.currentThread(), new CompletableFuture<>()));
            if (claim.owner() == Thread.currentThread() && !claim.done().isDone()) {
                boolean done = take(step);
                if (done) {
                    remember(thing);
                } else {
                    claims.remove(thing, claim);
                }
                claim.done().complete(done);
                return done;
            }
            if (claim.done().get()) {
                return true;
            }
        }
    }

    private boolean take(Step step) throws Exception {
        permits.acquire();
        try {
            return step.take();
        } finally {
            permits.release();
        }
    }

    private void remember(T thing) {
        T oldest;
        synchronized (done) {
            done.add(thing);
            oldest = done.size() > remembered ? done.poll() : null;
        }
        if (oldest != null) {
            claims.remove(oldest);
        }
    }
}
