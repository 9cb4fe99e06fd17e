package io.genapi.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Outages to come and under way, by the clock. Thread-safe; holds at most 1,000. */
public final class OutagePlan {

    private static final int MOST = 1_000;

    private final LongSupplier nanoTicker;
    private final List<Planned> planned = new ArrayList<>();

    private record Planned(long begin, long end, Fault fault) {}

    public OutagePlan(LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
    }

    /** Plans an outage, reckoned from now. */
    public synchronized void add(Outage outage) {
        forgetPast();
        if (planned.size() == MOST) {
            throw new IllegalArgumentException(
                    "outages: %d are planned already, and no more fit; forget them first".formatted(MOST));
        }
        long begin = nanoTicker.getAsLong() + outage.after().toNanos();
        planned.add(new Planned(begin, begin + outage.lasting().toNanos(), outage.fault()));
    }

    /** What a call that comes now meets; of outages at the same time, that of the one planned first. */
    public synchronized Optional<Fault> now() {
        forgetPast();
        long now = nanoTicker.getAsLong();
        return planned.stream()
                .filter(one -> now - one.begin() >= 0)
                .map(Planned::fault)
                .findFirst();
    }

    /** How many are to come or under way. */
    public synchronized int remaining() {
        forgetPast();
        return planned.size();
    }

    /** Ends the one under way, too. */
    public synchronized void clear() {
        planned.clear();
    }

    private void forgetPast() {
        long now = nanoTicker.getAsLong();
        planned.removeIf(one -> now - one.end() >= 0);
    }
}
