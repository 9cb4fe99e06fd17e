package io.genapi.schemas.job;

/**
 * What of a job's answer was published in pieces before the job's end was.
 *
 * @param run the last one that published any
 * @param deltas how many pieces of that run were published, at least 1: those with the sequence numbers below it
 */
public record PublishedRun(RunId run, long deltas) {

    public PublishedRun {
        if (deltas < 1) {
            throw new IllegalArgumentException("a PublishedRun must have at least 1 delta, not " + deltas);
        }
    }
}
