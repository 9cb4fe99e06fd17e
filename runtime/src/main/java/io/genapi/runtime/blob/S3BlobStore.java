package io.genapi.runtime.blob;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Blobs as objects of a bucket. One that comes to be is an upload in parts, which are no object before the last. Its place is
 * looked at again and again, and always before something is deleted or said to be absent.
 */
final class S3BlobStore implements BlobStore {

    /** How long a place counts as the one that it was; a question to a bucket costs as much as a small blob. */
    private static final Duration PLACE_LIFE = Duration.ofSeconds(30);

    private final S3Client s3;
    private final S3Questions questions;
    private final String bucket;
    private final String prefix;
    private final KnownPlace place;
    private final LongSupplier nanoTime;
    private volatile Optional<Seen> seen = Optional.empty();

    /** @param at of the nano ticker */
    private record Seen(String place, long at) {}

    private S3BlobStore(
            S3Client s3,
            String bucket,
            BlobSettings.S3 settings,
            PlaceOwner owner,
            KnownPlace.Use use,
            LongSupplier nanoTime) {
        this.s3 = s3;
        this.questions = new S3Questions(bucket);
        this.bucket = bucket;
        this.prefix = settings.prefix();
        this.place = new KnownPlace(new S3Mark(questions, s3, bucket, prefix, server(settings)), owner, use);
        this.nanoTime = nanoTime;
    }

    /** It need not be there yet. */
    static S3BlobStore of(
            BlobSettings.S3 settings, String bucket, PlaceOwner owner, KnownPlace.Use use, LongSupplier nanoTime) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .httpClient(UrlConnectionHttpClient.create())
                // Checksums in trailers are Amazon's own; other servers know them lately or not at all.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.callTimeout()));
        Optional.ofNullable(settings.endpoint()).ifPresent(client::endpointOverride);
        return new S3BlobStore(client.build(), bucket, settings, owner, use, nanoTime);
    }

    private static String server(BlobSettings.S3 settings) {
        return Optional.ofNullable(settings.endpoint())
                .map(endpoint -> endpoint + "/")
                .orElse("");
    }

    @Override
    public String place() throws BlobStoreException {
        Optional<Seen> known = seen;
        return known.isPresent() && nanoTime.getAsLong() - known.get().at() < PLACE_LIFE.toNanos()
                ? known.get().place()
                : placeNow();
    }

    @Override
    public String placeNow() throws BlobStoreException {
        long now = nanoTime.getAsLong();
        seen = Optional.empty();
        String id = place.look();
        seen = Optional.of(new Seen(id, now));
        return id;
    }

    @Override
    public BlobWriter create(BlobKey key) throws BlobStoreException {
        var _ = place();
        return new S3BlobWriter(questions, s3, bucket, name(key));
    }

    @Override
    public Optional<InputStream> open(BlobKey key) throws BlobStoreException {
        return find(() -> s3.getObject(get -> get.bucket(bucket).key(name(key))))
                .map(object -> new S3BlobContent(questions, object));
    }

    @Override
    public OptionalLong size(BlobKey key) throws BlobStoreException {
        return find(() -> s3.headObject(head -> head.bucket(bucket).key(name(key)))
                        .contentLength())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** A bucket that is another one for a moment has no object either: so it is asked on both sides of its mark. */
    private <T> Optional<T> find(Supplier<T> question) throws BlobStoreException {
        Optional<T> found = questions.askFor("be read", question);
        if (found.isPresent()) {
            return found;
        }
        var _ = placeNow();
        return questions.askFor("be read", question);
    }

    @Override
    public OptionalLong room() {
        return OptionalLong.empty();
    }

    @Override
    public void delete(BlobKey key) throws BlobStoreException {
        var _ = placeNow();
        var _ = questions.ask(
                "be written",
                () -> s3.deleteObject(object -> object.bucket(bucket).key(name(key))));
    }

    @Override
    public void committedBefore(Instant time, Consumer<BlobKey> listener) throws BlobStoreException {
        var _ = placeNow();
        var objects = questions.ask(
                "be listed",
                () -> s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)));
        questions.ask("be listed", () -> {
            for (S3Object object : objects.contents()) {
                if (object.lastModified().isBefore(time)) {
                    minted(object.key()).ifPresent(listener);
                }
            }
            for (MultipartUpload upload : s3.listMultipartUploads(
                            list -> list.bucket(bucket).prefix(prefix))
                    .uploads()) {
                if (upload.initiated().isBefore(time) && minted(upload.key()).isPresent()) {
                    s3.abortMultipartUpload(
                            abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
                }
            }
            return true;
        });
    }

    private Optional<BlobKey> minted(String name) {
        return BlobKey.parseMinted(name.substring(prefix.length()));
    }

    private String name(BlobKey key) {
        return prefix + key;
    }
}
