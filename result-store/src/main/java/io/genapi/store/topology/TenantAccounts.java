package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.Ending;
import io.genapi.store.job.JobState;
import io.genapi.store.tenant.DayTokens;
import io.genapi.store.tenant.TenantLedger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the open jobs and the tokens of each tenant of one part of the table. Open jobs are counted anew whenever the part
 * comes to this process, so that no miscount outlives that. Tokens are kept in a store of their own: a crash between that
 * and the table loses the tokens of the few jobs that were in between. Used by the thread of its task.
 */
final class TenantAccounts {

    private final DueTimes times;
    private final KeyValueStore<TenantId, DayTokens> tokens;
    private final TenantLedger.Page page;

    TenantAccounts(
            TenantLedger ledger,
            int partition,
            DueTimes times,
            KeyValueStore<JobId, JobState> jobs,
            KeyValueStore<Due, byte[]> dues,
            KeyValueStore<TenantId, DayTokens> tokens) {
        this.times = times;
        this.tokens = tokens;
        this.page = ledger.page(partition, () -> counted(jobs, dues, tokens));
    }

    /** Every open job has an entry among those that are due some time. */
    private static TenantLedger.Page counted(
            KeyValueStore<JobId, JobState> jobs,
            KeyValueStore<Due, byte[]> dues,
            KeyValueStore<TenantId, DayTokens> tokens) {
        TenantLedger.Page page = new TenantLedger.Page();
        try (KeyValueIterator<Due, byte[]> entries = dues.all()) {
            while (entries.hasNext()) {
                JobState job = jobs.get(entries.next().key.id());
                if (job != null && job.ending().isEmpty()) {
                    page.opened(job.tenant());
                }
            }
        }
        try (KeyValueIterator<TenantId, DayTokens> spent = tokens.all()) {
            while (spent.hasNext()) {
                KeyValue<TenantId, DayTokens> each = spent.next();
                page.spent(each.key, each.value);
            }
        }
        return page;
    }

    /** A job's state has changed. */
    void moved(Optional<JobState> before, JobState after) {
        boolean wasOpen = before.flatMap(times::of).isPresent();
        boolean isOpen = times.of(after).isPresent();
        if (isOpen && !wasOpen) {
            page.opened(after.tenant());
        } else if (wasOpen && !isOpen) {
            page.ended(after.tenant());
        }
        if (before.flatMap(JobState::ending).isEmpty()) {
            after.ending().ifPresent(end -> spend(after.tenant(), end));
        }
    }

    private void spend(TenantId tenant, Ending end) {
        long spent = end.usage().map(Usage::totalTokens).orElse(0L);
        if (spent == 0) {
            return;
        }
        LocalDate day = LocalDate.ofInstant(end.completedAt(), ZoneOffset.UTC);
        DayTokens before = tokens.get(tenant);
        DayTokens total = (before == null ? new DayTokens(day, 0) : before).plus(day, spent);
        tokens.put(tenant, total);
        page.spent(tenant, total);
    }
}
