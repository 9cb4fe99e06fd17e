package io.genapi.worker.image;

import java.time.Duration;

/**
 * How much is fetched for a call.
 *
 * @param maxBytes of all images of one request together, 1 KiB to 1 GiB
 * @param timeout of one image, positive
 * @param memory bytes of images that all calls together hold, at least {@code maxBytes}
 */
public record ImageRules(int maxBytes, Duration timeout, long memory) {

    /** One address after another: a request with thousands of them would never end. */
    static final int MOST_IMAGES = 50;
}
