package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.Ending;
import io.genapi.store.job.JobState;
import io.genapi.store.tenant.DayTokens;
import io.genapi.store.tenant.TenantLedger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the open jobs and the tokens of each tenant of one part of the table. Open jobs are looked up anew whenever the
 * part comes to this process; one whose entry a crash kept from being written is met when its record is read again. Tokens are kept in a store of their own: a crash between that
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

    /** Every open job has an entry among those that are due some time, or more than one. */
    private static TenantLedger.Page counted(
            KeyValueStore<JobId, JobState> jobs,
            KeyValueStore<Due, byte[]> dues,
            KeyValueStore<TenantId, DayTokens> tokens) {
        TenantLedger.Page page = new TenantLedger.Page();
        try (KeyValueIterator<Due, byte[]> entries = dues.all()) {
            while (entries.hasNext()) {
                JobState job = jobs.get(entries.next().key.id());
                if (job != null && job.ending().isEmpty()) {
                    page.opened(job.tenant(), job.id());
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
    void moved(Optional<JobState> before, JobState after, Instant now) {
        met(after);
        if (before.flatMap(JobState::ending).isEmpty()) {
            after.ending().ifPresent(end -> spend(after.tenant(), end, now));
        }
    }

    /** A job is as it is, be that new or not. */
    void met(JobState job) {
        if (times.of(job).isPresent()) {
            page.opened(job.tenant(), job.id());
        } else {
            page.ended(job.tenant(), job.id());
        }
    }

    private void spend(TenantId tenant, Ending end, Instant now) {
        long spent = end.usage().map(Usage::totalTokens).orElse(0L);
        if (spent == 0) {
            return;
        }
        // A worker whose clock is ahead must not begin another day, for that would end this one.
        Instant ended = end.completedAt().isAfter(now) ? now : end.completedAt();
        LocalDate day = LocalDate.ofInstant(ended, ZoneOffset.UTC);
        DayTokens before = tokens.get(tenant);
        DayTokens total = (before == null ? new DayTokens(day, 0) : before).plus(day, spent);
        tokens.put(tenant, total);
        page.spent(tenant, total);
    }
}
