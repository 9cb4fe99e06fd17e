package io.genapi.worker.kafka;

import io.genapi.runtime.control.ControlReader;
import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.kafka.SightingRecords;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.Consumer;

/** Learns from {@code genapi.control} what the other workers find out about vendors. Thread-safe. */
public final class SightingReader implements AutoCloseable {

    /** Takes the sightings of others; called by one thread alone. */
    @FunctionalInterface
    public interface Listener {
        void hear(Sighting sighting);
    }

    private final ControlReader control;

    /**
     * @param consumer without a group; the reader's own from here on
     * @param self this worker's instance, whose own sightings are no news
     * @param lookBack how far from now what was found is of use
     */
    public SightingReader(
            Consumer<byte[], byte[]> consumer,
            String controlTopic,
            String self,
            Duration lookBack,
            InstantSource clock,
            Listener listener) {
        control = ControlReader.ofRecent(
                "sightings",
                consumer,
                controlTopic,
                lookBack,
                clock,
                record -> SightingRecords.read(record)
                        .filter(sighting -> !sighting.worker().equals(self))
                        .ifPresent(listener::hear));
    }

    public void start() {
        control.start();
    }

    @Override
    public void close() {
        control.close();
    }
}
