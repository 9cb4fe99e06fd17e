package io.genapi.schemas.job;

/**
 * A series of jobs that run one after another, in the order in which they lie in their lane's topic.
 *
 * @param key the caller's ordering key; those of other tenants are other series
 */
public record JobOrder(TenantId tenant, String key) {

    public JobOrder {
        if (key.isBlank()) {
            throw new IllegalArgumentException("an ordering key must not be blank");
        }
    }
}
