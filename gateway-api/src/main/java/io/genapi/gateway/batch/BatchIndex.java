package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
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
            @Nullable Instant cancelRequestedAt,
            boolean contradicted) {

        static final Known NOTHING = new Known(null, BatchProgress.BEGINNING, null, false);

        Known and(BatchNews news) {
            return switch (news) {
                // Of two that ask at once the first counts, and whoever runs it has that written down with the rest.
                case BatchNews.Asked(var _, BatchTerms asked) ->
                    terms == null ? new Known(asked, progress, cancelRequestedAt, contradicted) : this;
                case BatchNews.Moved(var _, BatchTerms its, BatchProgress later, var _) ->
                    progress.status().isTerminal()
                            ? new Known(
                                    terms,
                                    progress,
                                    cancelRequestedAt,
                                    !later.status().isTerminal())
                            : new Known(its, later, cancelRequestedAt, false);
                case BatchNews.CancelRequested(var _, Instant at) ->
                    cancelRequestedAt == null ? new Known(terms, progress, at, contradicted) : this;
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

    /**
     * Those that have ended, but of which the last word is another one, of a gateway that had lost them: who reads the log
     * after its compaction would take them for open.
     */
    List<Batch> contradicted() {
        return batches.entrySet().stream()
                .filter(entry -> entry.getValue().contradicted())
                .flatMap(entry -> batch(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    /** Whether one that has not ended reads a file. */
    public boolean isRead(FileId file) {
        return open().stream().anyMatch(batch -> batch.terms().input().equals(file));
    }

    /** Those that have not ended, in no order. */
    public List<Batch> open() {
        return all().stream()
                .filter(batch -> !batch.progress().status().isTerminal())
                .toList();
    }
}
