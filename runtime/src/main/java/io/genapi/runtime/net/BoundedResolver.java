package io.genapi.runtime.net;

import io.genapi.runtime.net.HostRecord.Standing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for another resolver only so long. The system's look-up cannot be broken off, and holds the thread below a virtual
 * one: a name server that never answers, which may be a caller's own, would stop the process. So look-ups run in threads of
 * their own, and those of one name are one. Names that hang leave room to others: hosts that give addresses in time have
 * threads that no others have, all that were late share a few, a look-up that is late moves out of the way of those that may
 * be in time, and nobody's names take more than a quarter of any room (see {@link LookUpOwner}). Thread-safe. Decision 039 says why it is the system that looks up.
 */
public final class BoundedResolver implements HostResolver, AutoCloseable {

    private static final int PROMPT_THREADS = 32;
    private static final int NEW_THREADS = 16;
    private static final int SUSPECT_THREADS = 16;

    /** For look-ups that were not expected to be late; those beyond, of all or of one owner, go on holding what they have. */
    private static final int LATE_THREADS = 64;

    private static final Duration FOR_A_THREAD = Duration.ofSeconds(1);

    private final HostResolver resolver;
    private final Duration forAThread;
    private final Consumer<CompletableFuture<?>> deadline;
    private final LookUpRoom suspects = new LookUpRoom(SUSPECT_THREADS);
    private final Map<Standing, LookUpRoom> rooms = Map.of(
            Standing.PROMPT, new LookUpRoom(PROMPT_THREADS),
            Standing.NEW, new LookUpRoom(NEW_THREADS),
            Standing.SUSPECT, suspects);
    private final LookUpRoom late = new LookUpRoom(LATE_THREADS);
    private final HostRecord record = new HostRecord();
    private final Map<String, LookUp> running = new ConcurrentHashMap<>();

    /** Unbounded, for no thread is asked for without a permit. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("look-up-", 0).daemon().factory());

    private static final class LookUp {
        final Object owner;
        final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();

        /** Done when it does not matter any more, failed when it is over. */
        final CompletableFuture<@Nullable Void> time = new CompletableFuture<>();

        /** Whether it is told already what came of it. */
        final AtomicBoolean isSettled = new AtomicBoolean();

        final AtomicReference<@Nullable LookUpRoom> held = new AtomicReference<>();

        LookUp(Object owner) {
            this.owner = owner;
        }

        void leave() {
            LookUpRoom room = held.getAndSet(null);
            if (room != null) {
                room.leave(owner);
            }
        }
    }

    /** @param patience of one look-up; a moment more may pass until it has a thread */
    public BoundedResolver(HostResolver resolver, Duration patience) {
        this(resolver, FOR_A_THREAD, answer -> answer.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** @param deadline has what it is given fail with {@link TimeoutException} when its time is over */
    BoundedResolver(HostResolver resolver, Duration forAThread, Consumer<CompletableFuture<?>> deadline) {
        this.resolver = resolver;
        this.forAThread = forAThread;
        this.deadline = deadline;
    }

    /**
     * @throws LookUpTimeoutException if there was no answer in time
     * @throws LookUpBusyException if it was not asked for one
     */
    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        LookUp own = new LookUp(LookUpOwner.of(host));
        LookUp earlier = running.putIfAbsent(host, own);
        if (earlier == null) {
            begin(host, own);
        }
        return answer(earlier == null ? own : earlier);
    }

    private static List<InetAddress> answer(LookUp lookUp) throws UnknownHostException {
        try {
            return lookUp.answer.get();
        } catch (ExecutionException failure) {
            throw failed(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LookUpBusyException();
        }
    }

    private static UnknownHostException failed(@Nullable Throwable cause) {
        return switch (cause) {
            case TimeoutException _ -> new LookUpTimeoutException();
            case LookUpBusyException _ -> new LookUpBusyException();
            case UnknownHostException unknown -> unknown;
            case null, default -> throw new IllegalStateException("looking up a host failed", cause);
        };
    }

    private void begin(String host, LookUp lookUp) {
        LookUpRoom room = rooms.getOrDefault(record.of(host), suspects);
        boolean begun = false;
        try {
            if (room.enter(lookUp.owner, forAThread)) {
                lookUp.held.set(room);
                watch(host, lookUp);
                threads.execute(() -> run(host, lookUp));
                begun = true;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException closed) {
            // Then nothing is looked up any more.
        } finally {
            if (!begun) {
                running.remove(host, lookUp);
                lookUp.leave();
                lookUp.isSettled.set(true);
                lookUp.time.complete(null);
                lookUp.answer.completeExceptionally(new LookUpBusyException());
            }
        }
    }

    private void watch(String host, LookUp lookUp) {
        var _ = lookUp.time.whenComplete((_, over) -> {
            if (over != null && lookUp.isSettled.compareAndSet(false, true)) {
                record.late(host);
                moveAside(lookUp);
                lookUp.answer.completeExceptionally(over);
            }
        });
        deadline.accept(lookUp.time);
    }

    private void moveAside(LookUp lookUp) {
        LookUpRoom room = lookUp.held.get();
        if (room != null && !room.equals(suspects) && late.enterNow(lookUp.owner)) {
            (lookUp.held.compareAndSet(room, late) ? room : late).leave(lookUp.owner);
        }
    }

    private void run(String host, LookUp lookUp) {
        try {
            List<InetAddress> addresses = resolver.resolve(host);
            end(host, lookUp, () -> {
                record.answered(host);
                lookUp.answer.complete(addresses);
            });
        } catch (UnknownHostException | RuntimeException | Error failure) {
            end(host, lookUp, () -> lookUp.answer.completeExceptionally(failure));
        }
    }

    private void end(String host, LookUp lookUp, Runnable inTime) {
        running.remove(host, lookUp);
        lookUp.leave();
        if (lookUp.isSettled.compareAndSet(false, true)) {
            lookUp.time.complete(null);
            inTime.run();
        }
    }

    /** Leaves alone what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
