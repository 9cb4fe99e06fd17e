package io.genapi.inflight.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * A consumer's permits, one for each record that runs, and whose turn the next one is.
 *
 * <p>A lane below its share goes first. What is left is borrowed in turn, except for what others' shares reserve: a
 * lane that does not lend reserves all of its unused share, a lane that lends as much of it as it has records to start.
 * Lanes are named by their place in the list. For one thread; any thread may read {@link #running}.
 */
public final class LanePermits {

    private final int inAll;
    private final List<Lane> lanes;
    private final List<AtomicInteger> running = new CopyOnWriteArrayList<>();
    private int runningInAll;

    /** The lane served last; those after it come first. */
    private int last;

    /**
     * @throws IllegalArgumentException if the shares are more than there are permits, or a name or topic occurs twice
     */
    public LanePermits(int inAll, List<Lane> lanes) {
        LaneRules.check(inAll, lanes);
        this.inAll = inAll;
        this.lanes = new ArrayList<>(lanes);
        lanes.forEach(_ -> running.add(new AtomicInteger()));
        last = lanes.size() - 1;
    }

    /**
     * Another lane, at the next place.
     *
     * @throws IllegalArgumentException if the shares are more than there are permits, or a name or topic occurs twice
     */
    public void add(Lane lane) {
        List<Lane> all = new ArrayList<>(lanes);
        all.add(lane);
        LaneRules.check(inAll, all);
        running.add(new AtomicInteger());
        lanes.add(lane);
    }

    /** How many records of the lane run. Any thread. */
    public int running(int lane) {
        return running.get(lane).get();
    }

    public void started(int lane) {
        running.get(lane).incrementAndGet();
        runningInAll++;
        last = lane;
    }

    public void ended(int lane) {
        running.get(lane).decrementAndGet();
        runningInAll--;
    }

    /**
     * The lane that starts the next record, or -1 if none may.
     *
     * @param waiting how many records each lane has that could start at once if it had the permits
     */
    public int next(IntUnaryOperator waiting) {
        int borrower = -1;
        for (int step = 1; step <= lanes.size(); step++) {
            int lane = (last + step) % lanes.size();
            if (waiting.applyAsInt(lane) > 0) {
                if (isBelowShare(lane) && freeFor(lane, _ -> 0) > 0) {
                    return lane;
                }
                if (borrower < 0 && freeFor(lane, waiting) > 0) {
                    borrower = lane;
                }
            }
        }
        return borrower;
    }

    /**
     * Whether more of the lane's records should be read. Below its share they are, though all permits may be lent, so
     * that the next one to come back finds a record that waits for it.
     */
    public boolean wantsMore(int lane, IntUnaryOperator waiting) {
        return isBelowShare(lane) || freeFor(lane, waiting) > 0;
    }

    private boolean isBelowShare(int lane) {
        return running(lane) < lanes.get(lane).share();
    }

    /** What is left to the lane when the others have what they reserve; lending ones only for what they wait with. */
    private int freeFor(int taker, IntUnaryOperator waiting) {
        int free = inAll - runningInAll;
        for (int lane = 0; lane < lanes.size(); lane++) {
            int unused = lanes.get(lane).share() - running(lane);
            if (lane != taker && unused > 0) {
                free -= lanes.get(lane).lends() ? Math.min(unused, waiting.applyAsInt(lane)) : unused;
            }
        }
        return free;
    }
}
