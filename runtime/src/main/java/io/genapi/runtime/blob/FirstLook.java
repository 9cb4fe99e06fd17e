package io.genapi.runtime.blob;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** What a process finds at its start where its place of blobs should be. */
sealed interface FirstLook {

    /** A share that hangs keeps no process from starting. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /** A place of this broker's, in which it can be written if it is to be. */
    record Found() implements FirstLook {}

    /** Waiting mends nothing. */
    record Unusable(UnusablePlaceException failure) implements FirstLook {}

    /** It may come, or come back. */
    record Away(String reason) implements FirstLook {}

    static FirstLook at(BlobStore store, boolean toWrite) {
        FutureTask<FirstLook> look = new FutureTask<>(() -> patiently(store, toWrite));
        Thread.ofPlatform().name("first-look-at-blobs").daemon().start(look);
        try {
            return look.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException hangs) {
            return new Away(
                    "It does not answer within %d s. Check what genapi.blob.* names.".formatted(PATIENCE.toSeconds()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Away("This process was stopped before it answered.");
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }

    private static FirstLook patiently(BlobStore store, boolean toWrite) {
        try {
            var _ = store.placeNow();
            if (toWrite) {
                store.create(BlobKey.mint(Instant.EPOCH, RandomGenerator.getDefault()))
                        .close();
            }
            return new Found();
        } catch (UnusablePlaceException unusable) {
            return new Unusable(unusable);
        } catch (BlobStoreException notNow) {
            return new Away(String.valueOf(notNow.getMessage()));
        }
    }
}
