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
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for another resolver only so long. The system's look-up cannot be broken off, and holds the thread below a virtual
 * one: a name server that never answers, which may be a caller's own, would stop the process. So look-ups run in threads of
 * their own, and those of one name are one. Names that hang leave room to others: hosts that gave an address the last time
 * have threads that no others have, all that were late share a few, and a look-up that is late takes no room from those that
 * may be in time. Thread-safe. Decision 039 says why it is the system that looks up.
 */
public final class BoundedResolver implements HostResolver, AutoCloseable {

    private static final int PROMPT_THREADS = 32;
    private static final int NEW_THREADS = 16;
    private static final int SUSPECT_THREADS = 16;

    /** For look-ups that were not expected to be late; those beyond go on holding what they have. */
    private static final int LATE_THREADS = 64;

    private static final Duration FOR_A_THREAD = Duration.ofSeconds(1);

    private final HostResolver resolver;
    private final Duration forAThread;
    private final Consumer<CompletableFuture<?>> deadline;
    private final Semaphore suspects = new Semaphore(SUSPECT_THREADS, true);
    private final Map<Standing, Semaphore> rooms = Map.of(
            Standing.PROMPT, new Semaphore(PROMPT_THREADS, true),
            Standing.NEW, new Semaphore(NEW_THREADS, true),
            Standing.SUSPECT, suspects);
    private final Semaphore late = new Semaphore(LATE_THREADS);
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
        final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        final AtomicReference<@Nullable Semaphore> held = new AtomicReference<>();

        void leave() {
            Semaphore room = held.getAndSet(null);
            if (room != null) {
                room.release();
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
        LookUp own = new LookUp();
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
        Semaphore room = rooms.getOrDefault(record.of(host), suspects);
        boolean begun = false;
        try {
            if (room.tryAcquire(forAThread.toNanos(), TimeUnit.NANOSECONDS)) {
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
                lookUp.answer.completeExceptionally(new LookUpBusyException());
            }
        }
    }

    private void watch(String host, LookUp lookUp) {
        var _ = lookUp.answer.whenComplete((_, failure) -> {
            if (failure instanceof TimeoutException) {
                late(host, lookUp);
            }
        });
        deadline.accept(lookUp.answer);
    }

    private void late(String host, LookUp lookUp) {
        record.put(host, Standing.SUSPECT);
        Semaphore room = lookUp.held.get();
        if (room != null && !room.equals(suspects) && late.tryAcquire()) {
            (lookUp.held.compareAndSet(room, late) ? room : late).release();
        }
    }

    private void run(String host, LookUp lookUp) {
        try {
            List<InetAddress> addresses = resolver.resolve(host);
            end(host, lookUp, () -> {
                record.put(host, Standing.PROMPT);
                return lookUp.answer.complete(addresses);
            });
        } catch (UnknownHostException | RuntimeException | Error failure) {
            end(host, lookUp, () -> lookUp.answer.completeExceptionally(failure));
        }
    }

    private void end(String host, LookUp lookUp, BooleanSupplier inTime) {
        running.remove(host, lookUp);
        lookUp.leave();
        if (!inTime.getAsBoolean()) {
            record.put(host, Standing.SUSPECT);
        }
    }

    /** Leaves alone what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
