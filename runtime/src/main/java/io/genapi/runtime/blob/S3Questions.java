package io.genapi.runtime.blob;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks a bucket, and tells its failures.
 *
 * @param bucket its name
 */
record S3Questions(String bucket) {

    private static final int FORBIDDEN = 403;

    /** @param what the bucket cannot, if it cannot */
    <T> T ask(String what, Supplier<T> question) throws BlobStoreException {
        try {
            return question.get();
        } catch (SdkException failure) {
            throw failed(what, failure);
        }
    }

    /** The same for an object; empty where there is none of that name, or no bucket either. */
    <T> Optional<T> askFor(String what, Supplier<T> question) throws BlobStoreException {
        try {
            return Optional.of(question.get());
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (SdkException failure) {
            throw failed(what, failure);
        }
    }

    BlobStoreException failed(String what, SdkException failure) {
        String message = "The bucket '%s' cannot %s (%s). Check genapi.blob.s3 and the credentials of this process."
                .formatted(bucket, what, failure.getMessage());
        return isRefusal(failure)
                ? new UnusablePlaceException(message, failure)
                : new BlobStoreException(message, failure);
    }

    private static boolean isRefusal(SdkException failure) {
        return failure instanceof NoSuchBucketException
                || (failure instanceof S3Exception answer && answer.statusCode() == FORBIDDEN);
    }
}
