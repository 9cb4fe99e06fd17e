package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One follower's share of what this gateway receives of one job. What it has not taken yet is bounded: beyond that it is
 * told that it has to read from Kafka itself. Any thread may tell it something; one thread listens; it is closed by that
 * one.
 */
public final class LiveStream implements AutoCloseable {

    /** What a follower is told. */
    public sealed interface Signal {

        /** A piece, and where in its partition it lies. */
        record Piece(JobDelta delta, long offset) implements Signal {}

        /** The job's end is here; pieces may still come. */
        record Ended(Reply reply) implements Signal {}

        /** From here on pieces are missing: they go to another gateway, or there were too many at once. */
        record Torn() implements Signal {}

        /** This gateway stops; nothing comes any longer. */
        record Stopping() implements Signal {}
    }

    private final JobId id;
    private final long maxBytes;
    private final Consumer<LiveStream> rejoin;
    private final Consumer<LiveStream> forget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final List<Signal> signals = new ArrayList<>();
    private long bytes;
    private boolean torn;
    private volatile boolean stopping;

    /**
     * @param maxBytes of pieces that have not been taken
     * @param rejoin has the stream told of what comes
     */
    LiveStream(JobId id, long maxBytes, Consumer<LiveStream> rejoin, Consumer<LiveStream> forget) {
        this.id = id;
        this.maxBytes = maxBytes;
        this.rejoin = rejoin;
        this.forget = forget;
    }

    public JobId id() {
        return id;
    }

    /** Everything that came, in its order; waits for the first signal, at most that long. */
    List<Signal> next(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (signals.isEmpty() && left > 0) {
                left = told.awaitNanos(left);
            }
            List<Signal> taken = List.copyOf(signals);
            signals.clear();
            bytes = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Collects again, from now on: what this gateway received before is not told. Where the partition is not this
     * gateway's, it is torn at once.
     */
    void rejoin() {
        lock.lock();
        try {
            torn = false;
            signals.removeIf(Signal.Piece.class::isInstance);
            signals.removeIf(Signal.Torn.class::isInstance);
            bytes = 0;
        } finally {
            lock.unlock();
        }
        rejoin.accept(this);
    }

    boolean isStopping() {
        return stopping;
    }

    void piece(JobDelta delta, long offset) {
        lock.lock();
        try {
            if (torn) {
                return;
            }
            if (bytes > 0 && bytes + delta.body().length > maxBytes) {
                tear();
                return;
            }
            bytes += delta.body().length;
            tell(new Signal.Piece(delta, offset));
        } finally {
            lock.unlock();
        }
    }

    void ended(Reply reply) {
        lock.lock();
        try {
            tell(new Signal.Ended(reply));
        } finally {
            lock.unlock();
        }
    }

    /** What was not taken yet is in Kafka as well, so it is not kept. */
    void tear() {
        lock.lock();
        try {
            if (!torn) {
                torn = true;
                signals.removeIf(Signal.Piece.class::isInstance);
                bytes = 0;
                tell(new Signal.Torn());
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            tell(new Signal.Stopping());
        } finally {
            lock.unlock();
        }
    }

    private void tell(Signal signal) {
        signals.add(signal);
        told.signalAll();
    }

    /** What comes for the job from here on is dropped. */
    @Override
    public void close() {
        forget.accept(this);
    }
}
