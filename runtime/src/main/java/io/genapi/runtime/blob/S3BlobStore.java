package io.genapi.runtime.blob;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Blobs as objects of a bucket. One that comes to be is an upload in parts, which are no object before the last. */
final class S3BlobStore implements BlobStore {

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final PlaceOwner owner;

    /** A bucket does not become another one. */
    private volatile Optional<String> place = Optional.empty();

    private S3BlobStore(S3Client s3, String bucket, String prefix, PlaceOwner owner) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.owner = owner;
    }

    /** To be read and written. What is not a place yet becomes one. */
    static S3BlobStore open(BlobSettings.S3 settings, String bucket, PlaceOwner owner) throws BlobStoreException {
        S3BlobStore store = openToRead(settings, bucket, owner);
        var _ = store.ask("be found", () -> store.s3.headBucket(head -> head.bucket(bucket)));
        if (store.readMark().isEmpty()) {
            store.writeMark();
        }
        var _ = store.place();
        return store;
    }

    /** Several gateways may come to a new bucket at once, and not every server knows conditional writes. */
    void writeMark() throws BlobStoreException {
        RequestBody mark = RequestBody.fromBytes(
                PlaceMark.derived(owner, bucket + "/" + prefix).toJson());
        var _ = ask("be written", () -> s3.putObject(put -> put.bucket(bucket).key(mark()), mark));
    }

    /** To be read alone; it need not be there yet. */
    static S3BlobStore openToRead(BlobSettings.S3 settings, String bucket, PlaceOwner owner) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .httpClient(UrlConnectionHttpClient.create())
                // Checksums in trailers are Amazon's own; other servers know them lately or not at all.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD));
        Optional.ofNullable(settings.endpoint()).ifPresent(client::endpointOverride);
        return new S3BlobStore(client.build(), bucket, settings.prefix(), owner);
    }

    @Override
    public String place() throws BlobStoreException {
        Optional<String> known = place;
        if (known.isPresent()) {
            return known.get();
        }
        String id = readMark()
                .orElseThrow(() -> new BlobStoreException(
                        "The bucket '%s' has no %s. Check that genapi.blob.s3 names the one that gateways write to."
                                .formatted(bucket, mark())))
                .requireOwner(owner, "'%s' of the bucket '%s'".formatted(prefix, bucket), "genapi.blob.s3")
                .id();
        place = Optional.of(id);
        return id;
    }

    private Optional<PlaceMark> readMark() throws BlobStoreException {
        try {
            byte[] mark = ask(
                    "be read",
                    () -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(mark()))
                            .asByteArray());
            return Optional.of(PlaceMark.read(mark)
                    .orElseThrow(() ->
                            new BlobStoreException("'%s' of the bucket '%s' is damaged.".formatted(mark(), bucket))));
        } catch (AbsentException absent) {
            return Optional.empty();
        }
    }

    private String mark() {
        return prefix + PlaceMark.NAME;
    }

    @Override
    public BlobWriter create(BlobKey key) {
        return new S3BlobWriter(this, s3, bucket, name(key));
    }

    @Override
    public Optional<InputStream> open(BlobKey key) throws BlobStoreException {
        try {
            return Optional.of(new S3BlobContent(
                    this,
                    ask("be read", () -> s3.getObject(get -> get.bucket(bucket).key(name(key))))));
        } catch (AbsentException absent) {
            return Optional.empty();
        }
    }

    @Override
    public OptionalLong size(BlobKey key) throws BlobStoreException {
        try {
            return OptionalLong.of(ask(
                    "be read",
                    () -> s3.headObject(head -> head.bucket(bucket).key(name(key)))
                            .contentLength()));
        } catch (AbsentException absent) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void delete(BlobKey key) throws BlobStoreException {
        var _ = ask(
                "be written",
                () -> s3.deleteObject(object -> object.bucket(bucket).key(name(key))));
    }

    @Override
    public void committedBefore(Instant time, Consumer<BlobKey> listener) throws BlobStoreException {
        var objects = ask(
                "be listed",
                () -> s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)));
        ask("be listed", () -> {
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

    /** @param what the bucket cannot, if it cannot */
    <T> T ask(String what, Supplier<T> question) throws BlobStoreException {
        try {
            return question.get();
        } catch (NoSuchKeyException absent) {
            throw new AbsentException(absent);
        } catch (SdkException failure) {
            throw failed(what, failure);
        }
    }

    BlobStoreException failed(String what, SdkException failure) {
        return new BlobStoreException(
                "The bucket '%s' cannot %s (%s). Check genapi.blob.s3 and the credentials of this process."
                        .formatted(bucket, what, failure.getMessage()),
                failure);
    }

    /** There is no such object. */
    private static final class AbsentException extends BlobStoreException {

        private static final long serialVersionUID = 1L;

        AbsentException(Throwable cause) {
            super("There is no such object.", cause);
        }
    }
}
