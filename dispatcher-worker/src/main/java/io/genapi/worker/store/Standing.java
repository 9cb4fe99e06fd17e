package io.genapi.worker.store;

/**
 * What a store says of a job.
 *
 * @param ended whether it has its result
 * @param parkNumber how often it was parked
 * @param certain whether that is all; else it has come so far at least
 */
record Standing(boolean ended, int parkNumber, boolean certain) {

    /** Of a job that does not exist. */
    static final Standing NOT_ENDED = new Standing(false, 0, true);

    /** Nothing is known of it, so it runs: a job must end, even if its call is made twice. */
    static final Standing UNKNOWN = new Standing(false, 0, false);

    Standing uncertain() {
        return new Standing(ended, parkNumber, false);
    }

    /** What two stores know of it. */
    Standing and(Standing other) {
        return new Standing(ended || other.ended, Math.max(parkNumber, other.parkNumber), certain || other.certain);
    }

    /** Whether a record of the job is done with: the job has ended, or lives on in a record that was parked later. */
    boolean isDone(int parkNumberOfRecord) {
        return ended || parkNumber > parkNumberOfRecord;
    }
}
