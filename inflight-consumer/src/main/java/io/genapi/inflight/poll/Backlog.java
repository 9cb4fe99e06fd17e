package io.genapi.inflight.poll;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a partition was read, is unfinished and does not run: ready to start, waiting for an earlier record of its
 * ordering key, promised by a former owner, or set aside. Poll thread only.
 */
final class Backlog<K, V> {

    private record Resting<K, V>(Held<K, V> held, long until) {}

    /** Lowest offset first; more than one poll brings only as far as records come back from waiting. */
    private final Queue<Held<K, V>> ready = new PriorityQueue<>(Comparator.comparingLong(Held::offset));

    private final KeyOrder<K, V> order = new KeyOrder<>();

    /** By offset; they get ready when the lease has ended, or are finished earlier. */
    private final TreeMap<Long, Promise<K, V>> promises = new TreeMap<>();

    private final Queue<Resting<K, V>> setAside = new PriorityQueue<>((a, b) -> Long.signum(a.until() - b.until()));

    KeyOrder<K, V> order() {
        return order;
    }

    void ready(Held<K, V> held) {
        ready.add(held);
    }

    void promised(Promise<K, V> promise) {
        promises.put(promise.held().offset(), promise);
    }

    /** @param until in nanoseconds of the loop's ticker */
    void setAside(Held<K, V> held, long until) {
        setAside.add(new Resting<>(held, until));
    }

    /** Makes ready what has rested long enough by now. */
    void wake(long now) {
        for (Resting<K, V> next = setAside.peek(); next != null && now - next.until() >= 0; next = setAside.peek()) {
            ready.add(setAside.remove().held());
        }
    }

    /** Makes ready what was promised, where that promise has ended. */
    void release(LongPredicate promiseEnded) {
        promises.values().removeIf(promise -> {
            boolean ended = promiseEnded.test(promise.held().offset());
            if (ended) {
                ready.add(promise.held());
            }
            return ended;
        });
    }

    /** Of the records that are ready, the one with the lowest offset. */
    @Nullable
    Held<K, V> peek() {
        return ready.peek();
    }

    /** Takes out what {@link #peek} returned. */
    void take() {
        ready.remove();
    }

    /** Whether the promise still stood; it does not from now on. */
    boolean settle(Promise<K, V> promise) {
        return promises.remove(promise.held().offset(), promise);
    }

    Collection<Promise<K, V>> promises() {
        return promises.values();
    }

    int readyCount() {
        return ready.size();
    }

    /** Those that wait for another record or for their time. */
    int waitingCount() {
        return order.waiting() + setAside.size();
    }

    /** Forgets what was read from that offset on. */
    void rewind(long offset) {
        order.rewind(offset);
        List<Held<K, V>> gone = new ArrayList<>(ready);
        promises.values().forEach(promise -> gone.add(promise.held()));
        setAside.forEach(resting -> gone.add(resting.held()));
        gone.removeIf(held -> held.offset() < offset);
        // Whatever waits for one of these has a higher offset, and is forgotten already.
        gone.forEach(order::leave);
        ready.removeAll(gone);
        promises.tailMap(offset, true).clear();
        setAside.removeIf(resting -> resting.held().offset() >= offset);
    }

    void clear() {
        ready.clear();
        order.clear();
        promises.clear();
        setAside.clear();
    }
}
