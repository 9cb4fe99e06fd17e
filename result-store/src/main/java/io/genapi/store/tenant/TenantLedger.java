package io.genapi.store.tenant;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What tenants use, as far as the parts of the table tell that are in this process. Thread-safe. */
public final class TenantLedger {

    private final Map<Integer, Page> pages = new ConcurrentHashMap<>();

    /**
     * What one part of the table tells. Open jobs are kept by their ids, some 130 bytes each, so that one that is told of
     * twice counts once.
     */
    public static final class Page {

        private final Map<TenantId, Set<JobId>> open = new HashMap<>();
        private final Map<TenantId, DayTokens> tokens = new HashMap<>();

        public synchronized void opened(TenantId tenant, JobId job) {
            open.computeIfAbsent(tenant, _ -> new HashSet<>()).add(job);
        }

        public synchronized void ended(TenantId tenant, JobId job) {
            open.computeIfPresent(tenant, (_, jobs) -> jobs.remove(job) && jobs.isEmpty() ? null : jobs);
        }

        public synchronized void spent(TenantId tenant, DayTokens total) {
            tokens.put(tenant, total);
        }

        private synchronized Map<TenantId, TenantUse> uses(LocalDate day) {
            Map<TenantId, TenantUse> uses = new HashMap<>();
            open.forEach((tenant, jobs) -> uses.put(tenant, new TenantUse(jobs.size(), 0)));
            tokens.forEach((tenant, spent) -> uses.merge(tenant, new TenantUse(0, spent.on(day)), TenantUse::plus));
            return uses;
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

    /** The parts of the table that are here. */
    public Set<Integer> partitions() {
        return Set.copyOf(pages.keySet());
    }

    /** What is told here, by the part of the table. */
    public Map<Integer, Map<TenantId, TenantUse>> uses(LocalDate day) {
        Map<Integer, Map<TenantId, TenantUse>> uses = new TreeMap<>();
        pages.forEach((partition, page) -> uses.put(partition, page.uses(day)));
        return uses;
    }
}
