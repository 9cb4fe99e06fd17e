package io.genapi.worker.store;

/**
 * What a store says of a job.
 *
 * @param ended whether it has its result
 * @param parkNumber how often it was parked
 */
record Standing(boolean ended, int parkNumber) {

    /** Also of one that no store knows anything of: a job must end, even if its call is made twice. */
    static final Standing NOT_ENDED = new Standing(false, 0);

    /** Whether a record of the job is done with: the job has ended, or lives on in a record that was parked later. */
    boolean isDone(int parkNumberOfRecord) {
        return ended || parkNumber > parkNumberOfRecord;
    }
}
