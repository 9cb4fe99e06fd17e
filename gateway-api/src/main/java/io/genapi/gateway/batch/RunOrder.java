package io.genapi.gateway.batch;

import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which batches are run next: one of the tenant of whom the fewest are run, and of one tenant the oldest. No tenant
 * has more than half of the places.
 */
final class RunOrder {

    private final int places;

    /** @param places how many batches may be run at once */
    RunOrder(int places) {
        this.places = places;
    }

    /**
     * @param due that wait to be run
     * @param running whose batches are run now, each tenant as often as that is so
     */
    List<Batch> next(Collection<Batch> due, Collection<TenantId> running) {
        Map<TenantId, Integer> runs = new HashMap<>();
        running.forEach(tenant -> runs.merge(tenant, 1, Integer::sum));
        List<Batch> waiting = new ArrayList<>(due);
        List<Batch> chosen = new ArrayList<>();
        while (running.size() + chosen.size() < places) {
            Optional<Batch> next = waiting.stream()
                    .filter(batch -> runsOf(batch, runs) < Math.max(1, places / 2))
                    .min(Comparator.<Batch, Integer>comparing(batch -> runsOf(batch, runs))
                            .thenComparing(RunOrder::createdAt)
                            .thenComparing(batch -> batch.id().value()));
            if (next.isEmpty()) {
                break;
            }
            chosen.add(next.get());
            waiting.remove(next.get());
            runs.merge(next.get().terms().tenant(), 1, Integer::sum);
        }
        return chosen;
    }

    private static int runsOf(Batch batch, Map<TenantId, Integer> runs) {
        return runs.getOrDefault(batch.terms().tenant(), 0);
    }

    private static Instant createdAt(Batch batch) {
        return batch.terms().createdAt();
    }
}
