package io.genapi.worker.kafka;

import io.genapi.runtime.control.ControlReader;
import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.worker.cancel.Cancellations;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Learns from {@code genapi.control} which jobs are cancelled: first all that lies there, for a cancelled job may still be
 * queued, then what comes. Thread-safe.
 */
public final class CancellationReader implements ReadinessCheck, AutoCloseable {

    private final ControlReader control;

    /** @param consumer without a group; the reader's own from here on */
    public CancellationReader(Consumer<byte[], byte[]> consumer, String controlTopic, Cancellations cancellations) {
        control = ControlReader.ofAll(
                "cancellations",
                consumer,
                controlTopic,
                record -> CancellationRecords.read(record).ifPresent(told -> cancellations.cancel(told.id())));
    }

    public void start() {
        control.start();
    }

    /**
     * Returns when all is known that lay on the topic at the start.
     *
     * @throws StartException if that takes longer than the patience
     */
    public void awaitCaughtUp(Duration patience) {
        control.awaitCaughtUp(patience);
    }

    @Override
    public String name() {
        return "cancellations";
    }

    @Override
    public Optional<String> problem() {
        return control.isCaughtUp()
                ? Optional.empty()
                : Optional.of("the cancellations of queued jobs are not read yet");
    }

    @Override
    public void close() {
        control.close();
    }
}
