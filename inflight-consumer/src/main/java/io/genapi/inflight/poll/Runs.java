package io.genapi.inflight.poll;

import io.genapi.inflight.lane.LanePermits;
import io.genapi.inflight.run.Attempts;
import io.genapi.inflight.run.Outcome;
import io.genapi.inflight.run.Work;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records that run, and the way back of their outcomes to the poll thread. */
final class Runs<K, V> {

    /** How a run ended. */
    record Ended<K, V>(Running<K, V> running, Outcome outcome) {}

    /** What a record's thread does. */
    record Run<K, V>(Runs<K, V> runs, Running<K, V> running, Work<ConsumerRecord<K, V>> how) implements Runnable {
        @Override
        public void run() {
            runs.run(running, how);
        }
    }

    private final Executor executor;
    private final Attempts<ConsumerRecord<K, V>> attempts;
    private final Work<ConsumerRecord<K, V>> work;
    private final Work<ConsumerRecord<K, V>> workAfterHandOver;
    private final LanePermits permits;
    private final ByteBudget bytes;
    private final Custody custody;

    /** Bounded by what is in flight: nothing gets in that was not started. */
    private final BlockingQueue<Ended<K, V>> ended = new LinkedBlockingQueue<>();

    /** Written by the poll thread alone. */
    private volatile int inFlight;

    Runs(
            Executor executor,
            Attempts<ConsumerRecord<K, V>> attempts,
            Treatment<K, V> treatment,
            LanePermits permits,
            ByteBudget bytes,
            Custody custody) {
        this.executor = executor;
        this.attempts = attempts;
        this.work = treatment.work();
        this.workAfterHandOver = treatment.workAfterHandOver();
        this.permits = permits;
        this.bytes = bytes;
        this.custody = custody;
    }

    LanePermits permits() {
        return permits;
    }

    ByteBudget bytes() {
        return bytes;
    }

    /** Started and not yet taken from {@link #next}. Any thread. */
    int inFlight() {
        return inFlight;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void start(Running<K, V> running, boolean mayBeDone) {
        inFlight++;
        permits.started(running.lane());
        bytes.started(running.held().bytesRunning());
        executor.execute(new Run<>(this, running, mayBeDone ? workAfterHandOver : work));
    }

    private void run(Running<K, V> running, Work<ConsumerRecord<K, V>> how) {
        Held<K, V> held = running.held();
        Outcome outcome = held.unfit()
                .map(cause -> attempts.poison(held.record(), cause))
                .orElseGet(() -> attempts.run(held.record(), how));
        // Here, since the poll thread may be waiting for Kafka when another member asks.
        switch (outcome) {
            case Outcome.Finished() -> custody.finished(running.partition(), running.offset());
            case Outcome.Poisoned() -> custody.finished(running.partition(), running.offset());
            case Outcome.Abandoned() -> custody.giveBack(running.partition(), running.offset());
            case Outcome.SetAside(var _) -> custody.giveBack(running.partition(), running.offset());
        }
        ended.add(new Ended<>(running, outcome));
    }

    /** Waits until a run has ended, but not longer than that. */
    void await(Duration longest) throws InterruptedException {
        Ended<K, V> first = ended.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            ended.add(first);
        }
    }

    /** The next run that ended, if one has. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Nullable
    Ended<K, V> next() {
        Ended<K, V> next = ended.poll();
        if (next != null) {
            inFlight--;
            permits.ended(next.running().lane());
            bytes.ended(next.running().held().bytesRunning());
        }
        return next;
    }
}
