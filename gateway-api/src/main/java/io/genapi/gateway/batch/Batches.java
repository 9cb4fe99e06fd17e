package io.genapi.gateway.batch;

import io.genapi.gateway.file.FileShelf;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Batches as their callers ask for them, at any gateway. Thread-safe. */
public final class Batches {

    /** The newest first. */
    public static final Comparator<Batch> NEWEST_FIRST = Comparator.<Batch, Instant>comparing(
                    batch -> batch.terms().createdAt())
            .thenComparing(batch -> batch.id().value())
            .reversed();

    /** As for jobs: no client's own retry comes later. */
    private static final Duration RETRY_WINDOW = Duration.ofMinutes(10);

    private final BatchIndex index;
    private final BatchLog log;
    private final FileShelf shelf;
    private final int maxOpen;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param maxOpen batches of one tenant at once */
    public Batches(
            BatchIndex index, BatchLog log, FileShelf shelf, int maxOpen, InstantSource clock, RandomGenerator random) {
        this.index = index;
        this.log = log;
        this.shelf = shelf;
        this.maxOpen = maxOpen;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What is wrong with the file itself is found later.
     *
     * @param retry whether the caller's client says that it sends the request again by itself
     */
    public BatchOutcome create(BatchTerms terms, Optional<String> idempotencyKey, boolean retry)
            throws InterruptedException {
        BatchId id =
                idempotencyKey.map(key -> BatchId.ofKey(terms.tenant(), key)).orElseGet(() -> BatchId.mint(random));
        log.catchUp();
        Optional<Batch> earlier = index.find(id);
        if (earlier.isPresent()) {
            return same(earlier.get(), terms);
        }
        Optional<Batch> firstTry = retry && idempotencyKey.isEmpty() ? latest(terms) : Optional.empty();
        if (firstTry.isPresent()) {
            return new BatchOutcome.Noted(firstTry.get());
        }
        Optional<StoredFile> input = shelf.find(terms.input(), Optional.of(terms.tenant()));
        if (input.isEmpty()) {
            return new BatchOutcome.NoSuchFile(terms.input());
        }
        FilePurpose purpose = input.get().purpose();
        if (purpose != FilePurpose.BATCH) {
            return new BatchOutcome.WrongPurpose(purpose.wireName());
        }
        if (index.open().stream()
                        .filter(open -> open.terms().tenant().equals(terms.tenant()))
                        .count()
                >= maxOpen) {
            return new BatchOutcome.TooMany(maxOpen);
        }
        log.write(new BatchNews.Asked(id, terms));
        return index.find(id)
                .map(batch -> same(batch, terms))
                .orElseThrow(() -> new IllegalStateException("a batch that was written down is not known"));
    }

    /** The batch that an earlier try may have made, whatever has become of it. */
    private Optional<Batch> latest(BatchTerms terms) {
        Instant since = terms.createdAt().minus(RETRY_WINDOW);
        return index.all().stream()
                .filter(batch -> batch.terms().createdAt().isAfter(since)
                        && batch.terms().asksForTheSame(terms))
                .min(NEWEST_FIRST);
    }

    private static BatchOutcome same(Batch batch, BatchTerms asked) {
        return batch.terms().asksForTheSame(asked)
                ? new BatchOutcome.Noted(batch)
                : new BatchOutcome.KeyReused(batch.id());
    }

    /** @param viewer for whom there are no batches but its own; empty for who may see all */
    public Optional<Batch> find(BatchId id, Optional<TenantId> viewer) throws InterruptedException {
        log.catchUp();
        return index.find(id).filter(batch -> isSeen(batch, viewer));
    }

    /** Those that there are, in no order. */
    public List<Batch> list(Optional<TenantId> viewer) throws InterruptedException {
        log.catchUp();
        return index.all().stream().filter(batch -> isSeen(batch, viewer)).toList();
    }

    /** May be asked more than once. */
    public BatchOutcome cancel(BatchId id, Optional<TenantId> viewer) throws InterruptedException {
        Optional<Batch> found = find(id, viewer);
        if (found.isEmpty()) {
            return new BatchOutcome.NotFound();
        }
        return switch (found.get().progress().status()) {
            case VALIDATING, IN_PROGRESS, CANCELLING -> {
                if (found.get().cancelRequestedAt().isEmpty()) {
                    log.write(new BatchNews.CancelRequested(id, clock.instant()));
                }
                yield index.find(id).<BatchOutcome>map(BatchOutcome.Noted::new).orElseGet(BatchOutcome.NotFound::new);
            }
            case CANCELLED -> new BatchOutcome.Noted(found.get());
            case FINALIZING, FAILED, COMPLETED, EXPIRED -> new BatchOutcome.TooLate(found.get());
        };
    }

    /** Whether a batch that has not ended reads a file. */
    public boolean isInUse(FileId file) {
        return index.isRead(file);
    }

    private static boolean isSeen(Batch batch, Optional<TenantId> viewer) {
        return viewer.map(batch.terms().tenant()::equals).orElse(true);
    }
}
