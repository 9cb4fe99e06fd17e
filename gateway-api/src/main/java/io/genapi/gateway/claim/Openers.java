package io.genapi.gateway.claim;

import io.genapi.schemas.control.Heartbeat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether bodies that this gateway puts away can be opened: every worker that lives says that it reads the same place. Nobody
 * knows of workers that are yet to come, so that a body stays in its record where none lives. Thread-safe.
 */
public final class Openers {

    private static final Logger LOG = LoggerFactory.getLogger(Openers.class);

    private final Supplier<Optional<String>> place;
    private final Supplier<String> absence;
    private final Supplier<List<Heartbeat>> workers;

    /** What was told last; nothing before the first large body. */
    private final AtomicReference<String> told = new AtomicReference<>("");

    /**
     * @param place the id of this gateway's own; empty while it cannot be read
     * @param absence why it cannot, in sentences
     * @param workers that live
     */
    public Openers(Supplier<Optional<String>> place, Supplier<String> absence, Supplier<List<Heartbeat>> workers) {
        this.place = place;
        this.absence = absence;
        this.workers = workers;
    }

    public boolean areThere() {
        Optional<String> objection = objection();
        String news = objection.orElse("all workers read it");
        // What is in brackets may be another one each time, such as the number of a request to a bucket.
        String kind = news.replaceAll("\\(.*\\)", "");
        if (!told.getAndSet(kind).equals(kind)) {
            if (objection.isPresent()) {
                LOG.warn("Large requests travel in Kafka: {}", objection.get());
            } else {
                LOG.info("Large requests travel through the place of blobs: {}", news);
            }
        }
        return objection.isEmpty();
    }

    private Optional<String> objection() {
        Optional<String> own = place.get();
        if (own.isEmpty()) {
            return Optional.of("this gateway's place of blobs cannot be read. " + absence.get());
        }
        List<Heartbeat> living = workers.get();
        if (living.isEmpty()) {
            return Optional.of("no worker is known to be running that could read them elsewhere.");
        }
        List<String> without = living.stream()
                .filter(worker -> !worker.places().contains(own.get()))
                .map(worker -> worker.instance() + " at " + worker.address())
                .sorted()
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "workers %s do not read this gateway's place of blobs. Set their genapi.blob.* to the same one, check that it answers them, and upgrade those that are older."
                                .formatted(without));
    }
}
