package io.genapi.gateway.tenant;

import io.genapi.schemas.job.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many of one kind each tenant may hold at once at this gateway: polls and streams that wait, or changes of endpoints,
 * which wait for those of other tenants. Thread-safe.
 */
public final class TenantPlaces {

    private final int limit;
    private final Map<TenantId, Semaphore> places = new ConcurrentHashMap<>();

    /** @param limit of each tenant, at least 1 */
    public TenantPlaces(int limit) {
        this.limit = limit;
    }

    public int limit() {
        return limit;
    }

    /** One of them, to be closed when it ends; empty where the tenant holds as many as it may. */
    public Optional<Place> take(TenantId tenant) {
        Semaphore free = places.computeIfAbsent(tenant, _ -> new Semaphore(limit));
        return free.tryAcquire() ? Optional.of(free::release) : Optional.empty();
    }

    /** What one of them holds. To be closed once. */
    @FunctionalInterface
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
