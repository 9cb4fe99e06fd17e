package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchTerms;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The batches that there are, as far as the log has been read: a KiB each, more where a file has faults. Thread-safe. */
public final class BatchIndex {

    private final Map<BatchId, Known> batches = new ConcurrentHashMap<>();

    private record Known(
            @Nullable BatchTerms terms,
            BatchProgress progress,
            @Nullable Instant cancelRequestedAt) {

        static final Known NOTHING = new Known(null, BatchProgress.BEGINNING, null);

        Known and(BatchNews news) {
            return switch (news) {
                // Of two that ask at once the first counts, and whoever runs it has that written down with the rest.
                case BatchNews.Asked(var _, BatchTerms asked) ->
                    terms == null ? new Known(asked, progress, cancelRequestedAt) : this;
                case BatchNews.Moved(var _, BatchTerms its, BatchProgress later, var _) ->
                    progress.status().isTerminal() ? this : new Known(its, later, cancelRequestedAt);
                case BatchNews.CancelRequested(var _, Instant at) ->
                    cancelRequestedAt == null ? new Known(terms, progress, at) : this;
            };
        }
    }

    public void take(BatchNews news) {
        batches.compute(news.id(), (_, known) -> (known == null ? Known.NOTHING : known).and(news));
    }

    public void forget(BatchId id) {
        batches.remove(id);
    }

    public Optional<Batch> find(BatchId id) {
        Known known = batches.get(id);
        return known == null ? Optional.empty() : batch(id, known);
    }

    /** A snapshot, in no order. */
    public Collection<Batch> all() {
        return batches.entrySet().stream()
                .flatMap(entry -> batch(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static Optional<Batch> batch(BatchId id, Known known) {
        return Optional.ofNullable(known.terms())
                .map(terms -> new Batch(id, terms, known.progress(), Optional.ofNullable(known.cancelRequestedAt())));
    }

    /** Those that have not ended, in no order. */
    public List<Batch> open() {
        return all().stream()
                .filter(batch -> !batch.progress().status().isTerminal())
                .toList();
    }
}
