package io.genapi.inflight.poll;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one record of each ordering key at a time out of a partition, in the order in which they come. Records without a
 * key pass. Poll thread only.
 */
final class KeyOrder<K, V> {

    private static final class Queue<K, V> {

        /** Records that the next one waits for: one, and those that still run since earlier assignments. */
        private int ahead = 1;

        private final Deque<Held<K, V>> waiting = new ArrayDeque<>(1);
    }

    private final Map<Object, Queue<K, V>> queues = new HashMap<>();
    private int waiting;

    /** Whether the record may go on; if not, a {@link #leave} returns it when its turn has come. */
    boolean enter(Held<K, V> read) {
        Object key = read.orderedBy();
        if (key == null) {
            return true;
        }
        Queue<K, V> queue = queues.get(key);
        if (queue == null) {
            queues.put(key, new Queue<>());
            return true;
        }
        queue.waiting.add(read);
        waiting++;
        return false;
    }

    /** A record runs that did not {@link #enter}; until it leaves, no other one of its key does. */
    void claim(Held<K, V> running) {
        Object key = running.orderedBy();
        if (key == null) {
            return;
        }
        Queue<K, V> queue = queues.get(key);
        if (queue == null) {
            queues.put(key, new Queue<>());
        } else {
            queue.ahead++;
        }
    }

    /** The record is finished; returns the one whose turn it is now. */
    @Nullable
    Held<K, V> leave(Held<K, V> finished) {
        Object key = finished.orderedBy();
        Queue<K, V> queue = key == null ? null : queues.get(key);
        if (queue == null || --queue.ahead > 0) {
            return null;
        }
        Held<K, V> next = queue.waiting.poll();
        if (next == null) {
            queues.remove(key);
        } else {
            queue.ahead = 1;
            waiting--;
        }
        return next;
    }

    /** Forgets those from that offset on that wait. */
    void rewind(long offset) {
        for (Queue<K, V> queue : queues.values()) {
            int before = queue.waiting.size();
            queue.waiting.removeIf(held -> held.offset() >= offset);
            waiting -= before - queue.waiting.size();
        }
    }

    /** How many records wait for others. */
    int waiting() {
        return waiting;
    }

    void clear() {
        queues.clear();
        waiting = 0;
    }
}
