package io.genapi.inflight.simulation;

import java.util.List;
import java.util.Optional;

/** The rule of when a record may start again. */
final class Repeats {

    /**
     * What could be known of the earlier run.
     *
     * @param committed whether a commit that Kafka took ever named the record as finished
     * @param handOver whether the group hands over what runs
     * @param released whether everybody had said that it was in nobody's hands any more
     * @param doubted whether there was a commit to go on from, beyond which a record is asked about before it starts
     */
    record Known(boolean committed, boolean handOver, boolean released, boolean doubted) {}

    private Repeats() {}

    /**
     * Why that start is right in spite of an earlier one; empty if it is not.
     *
     * @param tenure in which the process starts it now, which may have ended without its having noticed
     * @param tenures of the earlier run's process over the partition
     */
    static Optional<Excuse> excuse(Run earlier, Run now, Tenure tenure, List<Tenure> tenures, Known known) {
        if (earlier.end == Run.End.SET_ASIDE) {
            return Optional.of(Excuse.SET_ASIDE);
        }
        if (earlier.isRunning() && earlier.process.equals(now.process)) {
            return Optional.empty();
        }
        if (tenure.end == Tenure.End.LOST) {
            return Optional.of(Excuse.PARTITION_LOST);
        }
        if (tenure.end == Tenure.End.IN_GOOD_ORDER && now.asked && !earlier.at.isBefore(tenure.reservedUntil)) {
            // It had been taken up before its partition moved, and was still asked about when the lease was over.
            return Optional.of(Excuse.LEASE_ENDED);
        }
        if (known.committed()) {
            return Optional.empty();
        }
        // The one in which it started may have ended already, without the process having noticed.
        long since = tenures.stream()
                .mapToLong(one -> one.began)
                .filter(began -> began < earlier.began)
                .max()
                .orElseThrow();
        List<Tenure> meanwhile = tenures.stream()
                .filter(one -> one.began >= since && one.began < Math.min(earlier.ended, now.began))
                .toList();
        for (Tenure one : meanwhile) {
            if (one.end == Tenure.End.CRASHED) {
                return afterCrash(earlier, now, known);
            }
            Optional<Excuse> broken = brokenOff(one);
            if (broken.isPresent()) {
                return broken;
            }
        }
        List<Tenure> movedWhileRunning = meanwhile.stream()
                .filter(one -> one.end == Tenure.End.IN_GOOD_ORDER && one.ended < earlier.ended)
                .toList();
        if (movedWhileRunning.isEmpty()) {
            // Its end was known when the partition was given away, if it was; only an end that is none excuses.
            return earlier.end == Run.End.GIVEN_UP ? Optional.of(Excuse.GIVEN_UP_AT_STOP) : Optional.empty();
        }
        return known.handOver()
                ? afterHandOver(earlier, now, movedWhileRunning.getLast(), known.released())
                : Optional.of(Excuse.NO_HAND_OVER);
    }

    private static Optional<Excuse> brokenOff(Tenure tenure) {
        return switch (tenure.end) {
            case NOT_YET, IN_GOOD_ORDER, CRASHED -> Optional.empty();
            case LAST_COMMIT_LOST -> Optional.of(Excuse.LAST_COMMIT_LOST);
            case LOST -> Optional.of(Excuse.PARTITION_LOST);
        };
    }

    /** What had ended there and is in no commit is asked about, unless there was none at all. */
    private static Optional<Excuse> afterCrash(Run earlier, Run now, Known known) {
        if (earlier.end != Run.End.FINISHED) {
            return Optional.of(Excuse.KILLED_RUNNING);
        }
        if (!known.handOver() || !known.doubted()) {
            return Optional.of(Excuse.KILLED_BEFORE_COMMIT);
        }
        return now.asked
                ? Optional.of(Excuse.CHECK_FAILED)
                : Optional.of(Excuse.UNREADABLE).filter(_ -> !now.entry.readable());
    }

    /** Whoever has a partition next leaves alone what runs until the lease has ended, and then asks, whatever became of it. */
    private static Optional<Excuse> afterHandOver(Run earlier, Run now, Tenure last, boolean released) {
        if (!(now.asked || !now.entry.readable()) || (now.at.isBefore(last.reservedUntil) && !released)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (earlier.end) {
                    case KILLED -> Excuse.KILLED_RUNNING;
                    case GIVEN_UP -> Excuse.GIVEN_UP_AT_STOP;
                    case NOT_YET, SET_ASIDE -> Excuse.LEASE_ENDED;
                    case FINISHED -> now.asked ? Excuse.CHECK_FAILED : Excuse.UNREADABLE;
                });
    }
}
