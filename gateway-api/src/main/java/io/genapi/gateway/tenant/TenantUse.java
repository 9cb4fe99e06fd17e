package io.genapi.gateway.tenant;

/**
 * What a tenant uses, as the store tells it.
 *
 * @param open jobs that were accepted and have not ended, of all gateways and of Kafka
 * @param tokens of today's ended jobs
 */
public record TenantUse(long open, long tokens) {

    static final TenantUse NONE = new TenantUse(0, 0);
}
