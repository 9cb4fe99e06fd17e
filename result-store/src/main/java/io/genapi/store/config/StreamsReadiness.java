package io.genapi.store.config;

import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.store.kafka.StreamsProcess;
import java.util.Optional;

/** Ready from the first time that Kafka Streams runs, and through later rebalances. */
final class StreamsReadiness implements ReadinessCheck {
    private final StreamsProcess process;

    StreamsReadiness(StreamsProcess process) {
        this.process = process;
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public Optional<String> problem() {
        return process.problem();
    }
}
