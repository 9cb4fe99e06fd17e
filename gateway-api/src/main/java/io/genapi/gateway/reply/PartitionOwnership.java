package io.genapi.gateway.reply;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Which partitions' results this gateway receives, from the moment that it reads them on. One thread changes it, any
 * number read it.
 */
public final class PartitionOwnership {

    private volatile Set<Integer> owned = Set.of();
    private volatile CountDownLatch ownsNone = new CountDownLatch(1);

    /** From here on every result written to these partitions comes to this gateway. */
    public synchronized void gain(Collection<Integer> partitions) {
        Set<Integer> more = new TreeSet<>(owned);
        more.addAll(partitions);
        owned = Set.copyOf(more);
        if (!owned.isEmpty()) {
            ownsNone.countDown();
        }
    }

    /** Results of these partitions may go to another gateway from here on. */
    public synchronized void lose(Collection<Integer> partitions) {
        Set<Integer> fewer = new TreeSet<>(owned);
        fewer.removeAll(partitions);
        owned = Set.copyOf(fewer);
        if (owned.isEmpty() && ownsNone.getCount() == 0) {
            ownsNone = new CountDownLatch(1);
        }
    }

    /** An immutable snapshot. */
    public Set<Integer> owned() {
        return owned;
    }

    public boolean owns(int partition) {
        return owned.contains(partition);
    }

    /** Waits until there is an owned partition; false where there is none when {@code patience} is over. */
    public boolean awaitOwned(Duration patience) throws InterruptedException {
        return ownsNone.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
