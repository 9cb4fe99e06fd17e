package io.genapi.gateway.reply;

import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One call that waits for one job's end. Any thread may tell it something; one thread listens; it is closed by that one. */
public final class PendingReply implements AutoCloseable {

    /** What a waiting call is told. */
    public sealed interface Signal {

        /** The job's end is here. */
        record Arrived(Reply reply) implements Signal {}

        /** The job's end may go to another gateway: only the store is sure to know. */
        record Moved() implements Signal {}

        /** This gateway stops and cannot wait any longer. */
        record Stopping() implements Signal {}
    }

    private final JobId id;
    private final Consumer<PendingReply> forget;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private boolean moved;

    PendingReply(JobId id, Consumer<PendingReply> forget) {
        this.id = id;
        this.forget = forget;
    }

    public JobId id() {
        return id;
    }

    /** The next signal; empty where none comes in time. */
    Optional<Signal> next(Duration patience) throws InterruptedException {
        Optional<Signal> signal = Optional.ofNullable(signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        moved |= signal.filter(Signal.Moved.class::isInstance).isPresent();
        return signal;
    }

    /** Whether it was ever told that its end may go elsewhere: by whichever wait, that stays so. */
    boolean hasMoved() {
        return moved;
    }

    void tell(Signal signal) {
        signals.add(signal);
    }

    /** What comes for the job from here on is dropped. */
    @Override
    public void close() {
        forget.accept(this);
    }
}
