package io.genapi.schemas.batch;

/**
 * How many requests of a batch have ended, and how.
 *
 * @param total of its file
 * @param completed with an answer
 * @param failed without one
 */
public record BatchCounts(int total, int completed, int failed) {

    public static final BatchCounts NONE = new BatchCounts(0, 0, 0);
}
