package io.genapi.gateway.webhook;

import io.genapi.schemas.job.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many changes of endpoints each tenant may have wait at once, at this gateway. All tenants' wait for one another, so
 * that one with many would leave no time to the others. Thread-safe.
 */
public final class WaitingChanges {

    private final int limit;
    private final Map<TenantId, Semaphore> places = new ConcurrentHashMap<>();

    /** @param limit of each tenant, at least 1 */
    public WaitingChanges(int limit) {
        this.limit = limit;
    }

    public int limit() {
        return limit;
    }

    /** One of them, to be closed when it is made; empty where as many of the tenant's wait as may. */
    public Optional<Place> take(TenantId tenant) {
        Semaphore free = places.computeIfAbsent(tenant, _ -> new Semaphore(limit));
        return free.tryAcquire() ? Optional.of(free::release) : Optional.empty();
    }

    /** What a change holds. To be closed once. */
    @FunctionalInterface
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
