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

    /** Where a thing is that somebody has begun. */
    private sealed interface Claim {}

    /** Complete when its owner is through with it. */
    private record Working(Thread owner, CompletableFuture<Boolean> done) implements Claim {}

    /** Of a thing that is done nothing else is known: its thread would keep all that it worked on. */
    private enum Settled implements Claim {
        DONE
    }

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
            switch (claims.computeIfAbsent(
                    thing, _ -> new Working(Thread.currentThread(), new CompletableFuture<>()))) {
                case Settled.DONE -> {
                    return true;
                }
                case Working own
                when own.owner() == Thread.currentThread() -> {
                    return work(thing, own, step);
                }
                case Working others -> {
                    if (others.done().get()) {
                        return true;
                    }
                }
            }
        }
    }

    private boolean work(T thing, Working claim, Step step) throws Exception {
        boolean done = take(step);
        if (done) {
            claims.put(thing, Settled.DONE);
            remember(thing);
        } else {
            claims.remove(thing, claim);
        }
        claim.done().complete(done);
        return done;
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
