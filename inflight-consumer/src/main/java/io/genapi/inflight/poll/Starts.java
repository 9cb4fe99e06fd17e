package io.genapi.inflight.poll;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.lane.LanePermits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what was read as permits, gates and bytes allow. Poll thread only. */
final class Starts<K, V> {

    private static final Logger log = LoggerFactory.getLogger(Starts.class);

    private final Lanes lanes;
    private final Runs<K, V> runs;
    private final LanePermits permits;
    private final Custody custody;
    private final LongSupplier ticker;
    private final Set<String> brokenGates = new HashSet<>();
    private List<LaneTurn<K, V>> turns = List.of();
    private long served;

    Starts(Lanes lanes, Runs<K, V> runs, Custody custody, LongSupplier ticker) {
        this.lanes = lanes;
        this.runs = runs;
        this.permits = runs.permits();
        this.custody = custody;
        this.ticker = ticker;
    }

    /** Returns how many records it started. */
    int turn(Collection<PartitionIntake<K, V>> intakes, Instant now) {
        long tick = ticker.getAsLong();
        intakes.forEach(intake -> intake.wake(now, tick));
        turns = turns(intakes);
        int count = 0;
        for (int lane = permits.next(this::waiting); lane >= 0; lane = permits.next(this::waiting)) {
            count += startOne(turns.get(lane));
        }
        runs.bytes().endTurn();
        return count;
    }

    private List<LaneTurn<K, V>> turns(Collection<PartitionIntake<K, V>> intakes) {
        List<List<PartitionIntake<K, V>>> byLane = new ArrayList<>();
        for (int lane = 0; lane < lanes.count(); lane++) {
            byLane.add(new ArrayList<>());
        }
        intakes.forEach(intake -> byLane.get(intake.lane()).add(intake));
        List<LaneTurn<K, V>> result = new ArrayList<>();
        for (int lane = 0; lane < lanes.count(); lane++) {
            result.add(new LaneTurn<>(room(lanes.at(lane)), byLane.get(lane)));
        }
        return result;
    }

    /** A gate is somebody else's code, whose failure must not stop the other lanes. */
    private int room(Lane lane) {
        try {
            int room = lane.gate().room();
            brokenGates.remove(lane.name());
            return room;
        } catch (RuntimeException failure) {
            if (brokenGates.add(lane.name())) {
                log.error("the gate of lane {} fails and counts as shut until it answers", lane.name(), failure);
            }
            return 0;
        }
    }

    private int waiting(int lane) {
        return turns.isEmpty() ? 0 : turns.get(lane).waiting();
    }

    private int startOne(LaneTurn<K, V> turn) {
        PartitionIntake<K, V> intake = turn.next();
        Held<K, V> next = intake == null ? null : intake.peek();
        if (intake == null
                || next == null
                || !runs.bytes().admits(intake.partition(), next.bytesRunning(), runs.inFlight() == 0)
                || !custody.take(intake.partition(), next.offset())) {
            return 0;
        }
        boolean mayBeDone = intake.mayBeDone(next);
        Running<K, V> running = new Running<>(next, intake, ticker.getAsLong());
        intake.started(running);
        intake.served(++served);
        runs.start(running, mayBeDone);
        turn.served(intake);
        return 1;
    }

    /** Whether more of that partition is to be read, as far as its lane is concerned. */
    boolean wantsMore(PartitionIntake<K, V> intake) {
        return (turns.isEmpty() || mayRead(turns.get(intake.lane())))
                && permits.wantsMore(intake.lane(), this::waiting);
    }

    /** Each lane may hold the same part of the bytes, so that one that is shut with large records stops no other. */
    private boolean mayRead(LaneTurn<K, V> turn) {
        return turn.isOpen() && turn.heldBytes() < runs.bytes().limit() / lanes.count();
    }
}
