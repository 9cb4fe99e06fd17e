package io.genapi.runtime.blob;

import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket's mark, as an object in it. Thread-safe. */
final class S3Mark implements MarkedPlace {

    private static final String SETTING = "genapi.blob.s3";

    private final S3Questions questions;
    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final String server;

    /** @param server where the bucket is, as far as settings say; other servers may have one of that name */
    S3Mark(S3Questions questions, S3Client s3, String bucket, String prefix, String server) {
        this.questions = questions;
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.server = server;
    }

    @Override
    public Optional<PlaceMark> read() throws BlobStoreException {
        Optional<byte[]> json = questions.askFor(
                "be read",
                () -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key())).asByteArray());
        if (json.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(PlaceMark.read(json.get())
                .orElseThrow(() -> new BlobStoreException(
                        "'%s' of the bucket '%s' is damaged. Delete it, and start a gateway, which makes it again."
                                .formatted(key(), bucket))));
    }

    /** Not every server knows conditional writes; so it is the same mark whoever writes it. */
    @Override
    public void make(PlaceOwner owner) throws BlobStoreException {
        var _ = questions.ask("be found", () -> s3.headBucket(head -> head.bucket(bucket)));
        RequestBody mark = RequestBody.fromBytes(
                PlaceMark.derived(owner, server + bucket + "/" + prefix).toJson());
        var _ = questions.ask(
                "be written", () -> s3.putObject(put -> put.bucket(bucket).key(key()), mark));
    }

    private String key() {
        return prefix + PlaceMark.NAME;
    }

    @Override
    public String absence() {
        return "The bucket '%s' has no %s. Check that %s names the one that gateways write to."
                .formatted(bucket, key(), SETTING);
    }

    @Override
    public String name() {
        return "'%s' of the bucket '%s'".formatted(prefix, bucket);
    }

    @Override
    public String setting() {
        return SETTING;
    }
}
