package io.genapi.gateway.file;

import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.TenantId;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Files, their contents in the blob store and the rest in the log. Thread-safe. */
public final class FileShelf {

    /** The newest first. */
    public static final Comparator<StoredFile> NEWEST_FIRST = Comparator.comparing(StoredFile::createdAt)
            .thenComparing(file -> file.id().value())
            .reversed();

    /** As for jobs: no client's own retry comes later. */
    private static final Duration RETRY_WINDOW = Duration.ofMinutes(10);

    /**
     * @param maxBytes of one file
     * @param maxFiles of one tenant
     * @param longestLife of a file, and that of one of which its caller says nothing
     * @param uploadPatience how long one may take to come
     */
    public record Limits(long maxBytes, int maxFiles, Duration longestLife, Duration uploadPatience) {}

    private final BlobStore blobs;
    private final FileIndex index;
    private final FileLog log;
    private final Limits limits;
    private final Predicate<FileId> inUse;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param inUse whether something reads a file that must not go meanwhile, even if its time is over */
    public FileShelf(
            BlobStore blobs,
            FileIndex index,
            FileLog log,
            Limits limits,
            Predicate<FileId> inUse,
            InstantSource clock,
            RandomGenerator random) {
        this.blobs = blobs;
        this.index = index;
        this.log = log;
        this.limits = limits;
        this.inUse = inUse;
        this.clock = clock;
        this.random = random;
    }

    public Limits limits() {
        return limits;
    }

    /** To be filled, kept and closed. */
    public IncomingFile begin() throws BlobStoreException {
        BlobKey key = BlobKey.mint(clock.instant(), random);
        return new IncomingFile(key, blobs.create(key), limits.maxBytes());
    }

    /**
     * Makes a file of what has come in.
     *
     * @param name well-formed, as it can be written
     * @param life how long it is kept, where its caller says so
     * @param retry whether the caller's client says that it sends the request again by itself
     */
    public FileOutcome keep(
            IncomingFile incoming,
            TenantId tenant,
            String name,
            Optional<Duration> life,
            Optional<String> idempotencyKey,
            boolean retry)
            throws BlobStoreException, InterruptedException {
        Instant now = clock.instant();
        StoredFile file = new StoredFile(
                idempotencyKey.map(key -> FileId.ofKey(tenant, key)).orElseGet(() -> FileId.mint(random)),
                tenant,
                name,
                FilePurpose.BATCH,
                incoming.bytes(),
                incoming.digest(),
                incoming.key().value(),
                now,
                now.plus(life.orElse(limits.longestLife())));
        log.catchUp();
        Optional<StoredFile> earlier = alive(file.id());
        if (earlier.isPresent()) {
            return same(earlier.get(), file);
        }
        Optional<StoredFile> firstTry = retry && idempotencyKey.isEmpty() ? latest(file) : Optional.empty();
        if (firstTry.isPresent()) {
            return new FileOutcome.Kept(firstTry.get());
        }
        Optional<StoredFile> over = index.find(file.id());
        if (over.isPresent()) {
            delete(over.get());
        }
        if (index.all().stream().filter(other -> other.tenant().equals(tenant)).count() >= limits.maxFiles()) {
            return new FileOutcome.TooMany(limits.maxFiles());
        }
        incoming.commit();
        log.write(file);
        StoredFile kept = index.find(file.id()).orElse(file);
        if (!kept.blob().equals(file.blob())) {
            // Another gateway was first by a moment: what is read again from its beginning has to say so, too.
            log.write(kept);
            blobs.delete(incoming.key());
        }
        return same(kept, file);
    }

    /** The file that an earlier try may have made. */
    private Optional<StoredFile> latest(StoredFile file) {
        Instant since = file.createdAt().minus(RETRY_WINDOW);
        return index.all().stream()
                .filter(other -> other.createdAt().isAfter(since) && isAgain(other, file))
                .min(NEWEST_FIRST);
    }

    private static boolean isAgain(StoredFile one, StoredFile other) {
        return one.tenant().equals(other.tenant())
                && one.purpose() == other.purpose()
                && one.digest().equals(other.digest())
                && one.name().equals(other.name())
                && life(one).equals(life(other));
    }

    private static Duration life(StoredFile file) {
        return Duration.between(file.createdAt(), file.expiresAt());
    }

    private static FileOutcome same(StoredFile kept, StoredFile asked) {
        return kept.digest().equals(asked.digest()) && kept.name().equals(asked.name())
                ? new FileOutcome.Kept(kept)
                : new FileOutcome.KeyReused(kept.id());
    }

    /** Makes a file of a blob that is there. */
    public void keep(StoredFile file) throws InterruptedException {
        log.write(file);
    }

    /** When a file that is made now is gone, if it is to be kept for a time. */
    public Instant expiry(Optional<Duration> life) {
        return clock.instant().plus(life.orElse(limits.longestLife()));
    }

    /** @param viewer for whom there are no files but its own; empty for who may see all */
    public Optional<StoredFile> find(FileId id, Optional<TenantId> viewer) throws InterruptedException {
        log.catchUp();
        return alive(id).filter(file -> isSeen(file, viewer));
    }

    /** Also one whose time is over, for as long as it has not been cleared away. */
    public Optional<StoredFile> evenIfExpired(FileId id) throws InterruptedException {
        log.catchUp();
        return index.find(id);
    }

    /** Those that there are, in no order. */
    public List<StoredFile> list(Optional<TenantId> viewer) throws InterruptedException {
        log.catchUp();
        return index.all().stream()
                .filter(file -> isAlive(file) && isSeen(file, viewer))
                .toList();
    }

    /** From its beginning, to be closed; empty where the blob store does not have it, as it should. */
    public Optional<InputStream> content(StoredFile file) throws BlobStoreException {
        return blobs.open(new BlobKey(file.blob()));
    }

    /** From its return on there is no such file. */
    public void delete(StoredFile file) throws BlobStoreException, InterruptedException {
        log.remove(file.id());
        blobs.delete(new BlobKey(file.blob()));
    }

    private Optional<StoredFile> alive(FileId id) {
        return index.find(id).filter(this::isAlive);
    }

    /** What a batch reads stays for as long as it does. */
    private boolean isAlive(StoredFile file) {
        return file.expiresAt().isAfter(clock.instant()) || inUse.test(file.id());
    }

    private static boolean isSeen(StoredFile file, Optional<TenantId> viewer) {
        return viewer.map(file.tenant()::equals).orElse(true);
    }
}
