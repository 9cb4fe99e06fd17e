package io.genapi.runtime.blob;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which place a store works in. Who writes there keeps to the first that it found: it makes none where that has gone, and
 * takes no other one for it. Thread-safe.
 */
final class KnownPlace {

    private static final Logger LOG = LoggerFactory.getLogger(KnownPlace.class);

    /** What the process does there. */
    enum Use {
        READS,
        WRITES,
        /** And makes one where there has been none yet. */
        MAKES
    }

    private final MarkedPlace marked;
    private final PlaceOwner owner;
    private final Use use;
    private final AtomicReference<Optional<String>> first = new AtomicReference<>(Optional.empty());

    KnownPlace(MarkedPlace marked, PlaceOwner owner, Use use) {
        this.marked = marked;
        this.owner = owner;
        this.use = use;
    }

    /**
     * Its id, as it is now.
     *
     * @throws BlobStoreException if it cannot be reached, or is not the one that it was
     * @throws PlaceMark.ForeignPlaceException if it is another broker's
     */
    String look() throws BlobStoreException {
        String id = mark().orElseThrow(() -> new BlobStoreException(marked.absence()))
                .requireOwner(owner, marked.name(), marked.setting())
                .id();
        if (use == Use.READS) {
            return id;
        }
        Optional<String> before = first.compareAndExchange(Optional.empty(), Optional.of(id));
        if (before.isPresent() && !before.get().equals(id)) {
            throw new BlobStoreException(
                    "%s is not the place that it was when this process came to it. Check what is there, and start this process again."
                            .formatted(marked.name()));
        }
        return id;
    }

    private Optional<PlaceMark> mark() throws BlobStoreException {
        Optional<PlaceMark> mark = marked.read();
        if (mark.isPresent() || use != Use.MAKES || first.get().isPresent()) {
            return mark;
        }
        marked.make(owner);
        LOG.info("{} is a new place of blobs", marked.name());
        return marked.read();
    }
}
