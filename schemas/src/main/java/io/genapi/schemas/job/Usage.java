package io.genapi.schemas.job;

/** Tokens that a vendor counted for one job. */
public record Usage(long inputTokens, long outputTokens) {

    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
