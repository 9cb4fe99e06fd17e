package io.genapi.worker.kafka;

import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.control.Sighting.Finding;
import io.genapi.schemas.kafka.SightingRecords;
import io.genapi.worker.admission.Account;
import io.genapi.worker.admission.Colleagues;
import io.genapi.worker.telemetry.ErrorCounter;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other workers on {@code genapi.control}, in a thread of its own; what cannot be told is dropped. */
public final class KafkaColleagues implements Colleagues, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaColleagues.class);
    private static final int MOST_WAITING = 1_000;

    private final RecordSender sender;
    private final String topic;
    private final ProcessIdentity identity;
    private final IntSupplier workers;
    private final ErrorCounter errors;

    /** Kafka's producer blocks while Kafka is away, and whoever tells does not wait. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("sightings").daemon().factory());

    /** @param workers how many there are, this one included */
    public KafkaColleagues(
            RecordSender sender, String topic, ProcessIdentity identity, IntSupplier workers, ErrorCounter errors) {
        this.sender = sender;
        this.topic = topic;
        this.identity = identity;
        this.workers = workers;
        this.errors = errors;
    }

    @Override
    public int workers() {
        return workers.getAsInt();
    }

    @Override
    public void tell(Account account, Instant at, Finding finding) {
        Sighting sighting = new Sighting(identity.instance(), at, account.vendor(), account.key(), finding);
        try {
            thread.execute(() -> send(sighting));
        } catch (RejectedExecutionException tooMany) {
            dropped(sighting, tooMany);
        }
    }

    private void send(Sighting sighting) {
        try {
            var _ = sender.send(SightingRecords.write(sighting, topic, identity.source()))
                    .exceptionally(failure -> {
                        dropped(sighting, failure);
                        return null;
                    });
        } catch (RuntimeException failure) {
            dropped(sighting, failure);
        }
    }

    private void dropped(Sighting sighting, Throwable failure) {
        errors.count("sighting_not_taken", "kafka");
        LOG.atDebug()
                .addKeyValue("vendor", sighting.vendor())
                .addKeyValue("finding", sighting.finding())
                .log("The other workers were not told: {}", failure.toString());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
