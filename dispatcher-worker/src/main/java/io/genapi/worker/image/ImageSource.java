package io.genapi.worker.image;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Fetches images from addresses that callers wrote, of which nothing is to be believed. Thread-safe. */
@FunctionalInterface
public interface ImageSource {

    /**
     * Fetches one image; blocks until it is here or not to be had.
     *
     * @param address of scheme http or https
     * @param types that are taken, such as {@code image/png}
     * @param maxBytes of the image, positive
     * @param limit from looking up its host to its last byte, positive
     */
    Fetching fetch(URI address, Set<String> types, int maxBytes, Duration limit) throws InterruptedException;

    /** What came of it. */
    sealed interface Fetching {

        /**
         * The image is here.
         *
         * @param type one of those that are taken
         * @param bytes not to be changed
         */
        @SuppressWarnings("ArrayRecordComponent") // Handed on, never copied or compared.
        record Fetched(String type, byte[] bytes) implements Fetching {}

        /**
         * It is not to be had.
         *
         * @param reason in words that follow "because"; nothing in it is the caller's or the host's text
         * @param passing whether another try may fare better in what time is left
         */
        record Refused(String reason, boolean passing) implements Fetching {}
    }
}
