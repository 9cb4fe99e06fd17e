package io.genapi.store.tenant;

/**
 * What a tenant uses.
 *
 * @param open jobs that were submitted and have not ended
 * @param tokens of the prompts and answers of the jobs that ended on the day in question
 */
public record TenantUse(long open, long tokens) {

    public static final TenantUse NONE = new TenantUse(0, 0);

    public TenantUse plus(TenantUse other) {
        return new TenantUse(open + other.open, tokens + other.tokens);
    }
}
