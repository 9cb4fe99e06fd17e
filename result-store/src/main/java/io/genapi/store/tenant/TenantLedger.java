package io.genapi.store.tenant;

import io.genapi.schemas.job.TenantId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What tenants use, as far as the parts of the table tell that are in this process. Thread-safe. */
public final class TenantLedger {

    private final Map<Integer, Page> pages = new ConcurrentHashMap<>();

    /** What one part of the table tells. */
    public static final class Page {

        private final Map<TenantId, Long> open = new HashMap<>();
        private final Map<TenantId, DayTokens> tokens = new HashMap<>();

        public synchronized void opened(TenantId tenant) {
            open.merge(tenant, 1L, Long::sum);
        }

        public synchronized void ended(TenantId tenant) {
            open.merge(tenant, -1L, Long::sum);
        }

        public synchronized void spent(TenantId tenant, DayTokens total) {
            tokens.put(tenant, total);
        }

        private synchronized void addTo(Map<TenantId, TenantUse> sums, LocalDate day) {
            open.forEach((tenant, jobs) -> sums.merge(tenant, new TenantUse(jobs, 0), TenantUse::plus));
            tokens.forEach((tenant, spent) -> sums.merge(tenant, new TenantUse(0, spent.on(day)), TenantUse::plus));
        }
    }

    /** The page of a part of the table; written from that part where there is none. */
    public Page page(int partition, Supplier<Page> written) {
        return pages.computeIfAbsent(partition, _ -> written.get());
    }

    /** That part of the table is somewhere else from now on. */
    public void lost(int partition) {
        pages.remove(partition);
    }

    /** @param partitions the parts of the table that this is of */
    public record Sums(Map<TenantId, TenantUse> tenants, Set<Integer> partitions) {

        public Sums {
            tenants = Map.copyOf(tenants);
            partitions = Set.copyOf(partitions);
        }
    }

    /** What is told here. */
    public Sums sums(LocalDate day) {
        Map<TenantId, TenantUse> sums = new HashMap<>();
        Map<Integer, Page> here = new TreeMap<>(pages);
        here.values().forEach(page -> page.addTo(sums, day));
        return new Sums(sums, here.keySet());
    }
}
