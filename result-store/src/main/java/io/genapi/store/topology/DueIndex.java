package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.DueTimes;
import io.genapi.store.job.JobState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Finds the jobs that are due without looking at the others. A job's entry lies where its state says, but never in the
 * past: what is due already is entered at the present, so that whoever has looked up to some time need not look there
 * again. A crash between this store and the table leaves at most an entry too many, which is removed when its time has
 * come. Used by the thread of its task.
 */
final class DueIndex {
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Due, byte[]> entries;
    private final DueTimes times;

    DueIndex(KeyValueStore<Due, byte[]> entries, DueTimes times) {
        this.entries = entries;
        this.times = times;
    }

    /** Brings a job's entry to where its new state wants it. */
    void moved(Optional<JobState> before, JobState after, Instant now) {
        Optional<Instant> from = before.flatMap(times::of);
        Optional<Instant> to = times.of(after);
        if (from.equals(to)) {
            return;
        }
        Optional<Due> entered = to.map(at -> enter(at, after.id(), now));
        from.map(at -> new Due(key(at), after.id()))
                .filter(due -> !entered.equals(Optional.of(due)))
                .ifPresent(this::remove);
    }

    /** Makes sure of a job's entry, which a crash may have kept from being written, and tells it. */
    Optional<Due> restore(JobState job, Instant now) {
        return times.of(job).map(at -> enter(at, job.id(), now));
    }

    void remove(Due due) {
        var _ = entries.delete(due);
    }

    /** What is due from one time to another, the earliest first; not more than so many. */
    List<Due> between(Instant from, Instant to, int most) {
        List<Due> due = new ArrayList<>();
        try (KeyValueIterator<Due, byte[]> range = entries.range(Due.first(from), Due.first(key(to).plusMillis(1)))) {
            while (due.size() < most && range.hasNext()) {
                KeyValue<Due, byte[]> entry = range.next();
                due.add(entry.key);
            }
        }
        return due;
    }

    private Due enter(Instant at, JobId id, Instant now) {
        Due due = new Due(key(at.isAfter(now) ? at : now), id);
        entries.put(due, PRESENT);
        return due;
    }

    private static Instant key(Instant at) {
        return at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at.truncatedTo(ChronoUnit.MILLIS);
    }
}
