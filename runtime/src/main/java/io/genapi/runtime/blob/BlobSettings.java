package io.genapi.runtime.blob;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where blobs are kept: {@code genapi.blob.*}; a directory or a bucket, not both. Where neither is named there are none.
 *
 * <p>The place is one broker's alone: its gateways clear away what no file of theirs has.
 *
 * @param directory one that all gateways of this broker share, and no other broker uses; text, because Spring reads a
 *     relative path as the web application's
 */
@ConfigurationProperties("genapi.blob")
public record BlobSettings(
        @Nullable String directory, @DefaultValue S3 s3) {

    /**
     * A bucket of Amazon S3 or of a server that speaks its protocol. Its credentials are looked for where Amazon's own tools
     * look for them: {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY} first.
     *
     * @param prefix of all keys; what lies under it is this broker's alone: another broker needs another one
     * @param endpoint of another server than Amazon's
     * @param pathStyle whether the bucket is in the path and not in the host's name, as most other servers want it
     */
    public record S3(
            @Nullable String bucket,
            @DefaultValue("genapi/") String prefix,
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("false") boolean pathStyle) {}

    public BlobSettings {
        if (directory != null && s3.bucket() != null) {
            throw new IllegalArgumentException("genapi.blob.directory is '" + directory
                    + "' and genapi.blob.s3.bucket is '" + s3.bucket() + "'; set one of them");
        }
    }

    /**
     * The place that the settings name; empty where they name none.
     *
     * @throws BlobStoreException if it cannot be used
     */
    public Optional<BlobStore> open() throws BlobStoreException {
        if (directory != null) {
            return Optional.of(DirectoryBlobStore.open(Path.of(directory)));
        }
        String bucket = s3.bucket();
        return bucket == null ? Optional.empty() : Optional.of(S3BlobStore.open(s3, bucket));
    }
}
