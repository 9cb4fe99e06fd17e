package io.genapi.runtime.blob;

import io.genapi.runtime.service.StartException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where blobs are kept: {@code genapi.blob.*}; a directory or a bucket, not both. Where neither is named there are none.
 *
 * <p>The place is one broker's alone: its gateways clear away what no file of theirs has. So it is marked with the broker
 * that uses it first, and another one does not start with it.
 *
 * @param directory one that all gateways and workers of this broker share, and no other broker uses; text, because Spring
 *     reads a relative path as the web application's
 * @param create whether a gateway makes a place of what is none yet; without it, an empty directory over which a share is
 *     still to be mounted is let alone
 */
@ConfigurationProperties("genapi.blob")
public record BlobSettings(
        @Nullable String directory,
        @DefaultValue("true") boolean create,
        @DefaultValue S3 s3) {

    private static final Logger LOG = LoggerFactory.getLogger(BlobSettings.class);

    /**
     * A bucket of Amazon S3 or of a server that speaks its protocol. Its credentials are looked for where Amazon's own tools
     * look for them: {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY} first.
     *
     * @param prefix of all keys; what lies under it is this broker's alone: another broker needs another one
     * @param endpoint of another server than Amazon's
     * @param pathStyle whether the bucket is in the path and not in the host's name, as most other servers want it
     * @param attemptTimeout of one request, of 8 MiB at most; it is tried three times
     * @param callTimeout of all tries and the pauses between them; at least {@code attempt-timeout}
     */
    public record S3(
            @Nullable String bucket,
            @DefaultValue("genapi/") String prefix,
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("false") boolean pathStyle,
            @DefaultValue("30s") Duration attemptTimeout,
            @DefaultValue("2m") Duration callTimeout) {

        public S3 {
            if (!attemptTimeout.isPositive()) {
                throw new IllegalArgumentException("genapi.blob.s3.attempt-timeout is " + attemptTimeout
                        + "; set it to a positive duration such as 30s");
            }
            if (callTimeout.compareTo(attemptTimeout) < 0) {
                throw new IllegalArgumentException(
                        "genapi.blob.s3.call-timeout is %s; set it to at least genapi.blob.s3.attempt-timeout, which is %s"
                                .formatted(callTimeout, attemptTimeout));
            }
        }
    }

    public BlobSettings {
        if (directory != null && s3.bucket() != null) {
            throw new IllegalArgumentException("genapi.blob.directory is '" + directory
                    + "' and genapi.blob.s3.bucket is '" + s3.bucket() + "'; set one of them");
        }
    }

    /** Whether they name a place. */
    public boolean isThere() {
        return directory != null || s3.bucket() != null;
    }

    /**
     * The place that the settings name, to be read and written; empty where they name none. It need not be there now: it
     * may come to be, or come back, later.
     *
     * @param owner this broker
     * @throws StartException if it is certainly another broker's, or none that this process may use
     */
    public Optional<BlobStore> open(PlaceOwner owner) {
        Optional<BlobStore> store = store(owner, create ? KnownPlace.Use.MAKES : KnownPlace.Use.WRITES);
        if (store.isPresent()) {
            switch (FirstLook.at(store.get(), true)) {
                case FirstLook.Found _ -> {}
                case FirstLook.Unusable(var failure) -> throw new StartException(String.valueOf(failure.getMessage()));
                case FirstLook.Away(String reason) ->
                    LOG.warn(
                            "Files and batches are not to be had and large requests travel in Kafka until their place can be used: {}",
                            reason);
            }
        }
        return store;
    }

    /**
     * The same, to be read alone.
     *
     * @throws StartException if it is certainly another broker's
     */
    public Optional<BlobStore> openToRead(PlaceOwner owner) {
        Optional<BlobStore> store = store(owner, KnownPlace.Use.READS);
        if (store.isPresent()) {
            switch (FirstLook.at(store.get(), false)) {
                case FirstLook.Found _ -> {}
                case FirstLook.Unusable(PlaceMark.ForeignPlaceException foreign) ->
                    throw new StartException(String.valueOf(foreign.getMessage()));
                case FirstLook.Unusable(var failure) -> waits(String.valueOf(failure.getMessage()));
                case FirstLook.Away(String reason) -> waits(reason);
            }
        }
        return store;
    }

    private static void waits(String reason) {
        LOG.warn("Large requests wait until their place can be read: {}", reason);
    }

    private Optional<BlobStore> store(PlaceOwner owner, KnownPlace.Use use) {
        String bucket = s3.bucket();
        if (directory != null) {
            return Optional.of(DirectoryBlobStore.of(Path.of(directory), owner, use));
        }
        return bucket == null
                ? Optional.empty()
                : Optional.of(S3BlobStore.of(s3, bucket, owner, use, System::nanoTime));
    }
}
