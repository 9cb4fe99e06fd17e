package io.genapi.worker.kafka;

import io.genapi.inflight.InflightConsumer;
import io.genapi.runtime.http.ReadinessCheck;
import java.util.Optional;

/** Whether the worker takes jobs: it has been given partitions, and its consumer has not stopped by itself. */
public final class IntakeReadiness implements ReadinessCheck {

    private final InflightConsumer<?, ?> consumer;
    /** A member of a large group may lose its last partition and is well all the same. */
    private volatile boolean joined;

    public IntakeReadiness(InflightConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public Optional<String> problem() {
        Optional<Throwable> failure = consumer.failure();
        if (failure.isPresent()) {
            return Optional.of("the consumer has stopped: " + failure.get());
        }
        joined |= consumer.isAssigned();
        return joined ? Optional.empty() : Optional.of("no partition of the request topics is assigned yet");
    }
}
