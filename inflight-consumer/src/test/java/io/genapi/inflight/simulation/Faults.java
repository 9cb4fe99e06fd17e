package io.genapi.inflight.simulation;

/**
 * What goes wrong in a schedule, in percent of its occasions, or at all.
 *
 * @param poll a poll fails, and is worth repeating
 * @param restore the commits cannot be read yet
 * @param delay an asynchronous commit waits on for its answer
 * @param refused an asynchronous commit is not taken
 * @param unanswered a commit is taken, but its answer is lost
 * @param lastCommit the commit that gives a partition away is not taken
 * @param attempt an attempt fails
 * @param later a run ends with the wish to be run again
 * @param unreadable a record cannot be deserialised
 * @param crash members are killed
 * @param fence members are thrown out while they live
 * @param truncate leaders are elected that lack the end of the log
 * @param checkFails the check after a hand-over fails
 */
record Faults(
        int poll,
        int restore,
        int delay,
        int refused,
        int unanswered,
        int lastCommit,
        int attempt,
        int later,
        int unreadable,
        boolean crash,
        boolean fence,
        boolean truncate,
        int checkFails) {

    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, false, false, false, 0);

    /** What must cost nothing: everything but deaths, lost partitions, lost last commits and lost records. */
    static Faults harmless(Dice dice) {
        return new Faults(
                dice.below(20),
                dice.below(30),
                dice.below(80),
                dice.below(30),
                dice.below(10),
                0,
                dice.below(30),
                dice.percent(40) ? dice.below(40) : 0,
                0,
                false,
                false,
                false,
                0);
    }

    /** Some of everything, each kind in half of the schedules, so that rare ones meet undisturbed too. */
    static Faults any(Dice dice) {
        Faults mild = harmless(dice);
        boolean truncate = dice.percent(40);
        return new Faults(
                mild.poll,
                mild.restore,
                mild.delay,
                mild.refused,
                mild.unanswered,
                dice.percent(50) ? dice.below(50) : 0,
                mild.attempt,
                mild.later,
                // Where both meet, Kafka forgets the epoch that it would need (KIP-320), and reads all of the log
                // again.
                !truncate && dice.percent(40) ? 10 : 0,
                dice.percent(60),
                dice.percent(50),
                truncate,
                dice.percent(30) ? 30 : 0);
    }

    /** Whether nothing may be repeated, provided that partitions are handed over. */
    boolean areHarmless() {
        return unreadable == 0 && lastCommit == 0 && !crash && !fence && !truncate && checkFails == 0;
    }
}
