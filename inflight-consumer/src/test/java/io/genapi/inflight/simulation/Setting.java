package io.genapi.inflight.simulation;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.offset.MetadataBudget;
import io.genapi.inflight.poll.PollSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What one schedule is about.
 *
 * @param members at most that many live at once
 * @param ordered whether records of one key run one after another
 * @param spared in how many percent of the cases the oldest run of a process is spared when one ends
 * @param claims whether who gets a partition asks the others what they have in hand of it
 * @param steps of the schedule
 */
record Setting(
        Faults faults,
        List<TopicPartition> partitions,
        PollSettings poll,
        SimulatedGate gate,
        int members,
        int maxPollRecords,
        int maxAttempts,
        boolean gaps,
        boolean ordered,
        int spared,
        boolean claims,
        int steps) {

    private static final String GATED = "gated";
    private static final String QUICK = "quick";

    static Setting of(Dice dice, Faults faults, boolean claims) {
        SimulatedGate gate = new SimulatedGate();
        boolean wide = dice.percent(25);
        int maxInFlight = wide ? 120 : dice.between(1, 20);
        boolean twoLanes = maxInFlight >= 2 && dice.percent(30);
        List<TopicPartition> partitions = new ArrayList<>();
        for (int number = dice.between(1, 4); number > 0; number--) {
            partitions.add(new TopicPartition(GATED, number));
        }
        List<Lane> lanes = new ArrayList<>();
        lanes.add(Lane.of(GATED, twoLanes ? 1 : 0, GATED).withGate(gate));
        if (twoLanes) {
            partitions.add(new TopicPartition(QUICK, 1));
            lanes.add(Lane.of(QUICK, 1, QUICK).withoutLending());
        }
        Optional<Duration> lease = dice.percent(75)
                ? Optional.of(faults.areHarmless() ? Duration.ofHours(10) : Duration.ofMillis(dice.between(1, 20_000)))
                : Optional.empty();
        PollSettings poll = new PollSettings(
                "simulated",
                List.copyOf(lanes),
                maxInFlight,
                wide ? 120 : dice.between(1, 12),
                dice.oneOf(List.of(3, 1_000)),
                dice.percent(30) ? dice.between(50, 400) : Long.MAX_VALUE,
                new MetadataBudget(wide ? 128 : 128 << dice.below(4)),
                Duration.ofMillis(dice.oneOf(List.of(0, 100, 1_000))),
                lease,
                lease.orElse(Duration.ZERO),
                Duration.ofDays(1));
        return new Setting(
                faults,
                List.copyOf(partitions),
                poll,
                gate,
                dice.between(1, 4),
                dice.oneOf(List.of(1, 3, 10, 50)),
                dice.between(1, 3),
                dice.percent(50),
                dice.percent(40),
                dice.oneOf(List.of(0, 0, 50, 99)),
                claims && lease.isPresent(),
                dice.between(100, 500));
    }

    boolean handsOver() {
        return poll.handOverLease().isPresent();
    }

    boolean isGated(TopicPartition partition) {
        return partition.topic().equals(GATED);
    }

    /** How many of a topic's records one process may run: all but the other lane's share, if that is not lent. */
    int maxRunning(TopicPartition partition) {
        return isGated(partition) && poll.lanes().size() > 1 ? poll.maxInFlight() - 1 : poll.maxInFlight();
    }
}
