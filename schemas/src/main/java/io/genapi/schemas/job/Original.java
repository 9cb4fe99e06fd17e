package io.genapi.schemas.job;

/**
 * The request record that a job with an idempotency key was made of: the first of its key that the result store has seen.
 * All others of the key are the same job once more, or another request that is not to run.
 *
 * @param topic where it lies, with its partition and offset
 */
public record Original(String topic, int partition, long offset, BodyDigest digest) {

    /** Whether it is the record that lies there. */
    public boolean liesAt(RecordPlace place) {
        return place.equals(new RecordPlace(topic, partition, offset));
    }
}
