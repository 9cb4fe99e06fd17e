package io.genapi.runtime.kafka;

import io.genapi.runtime.service.StartException;
import java.io.Serial;
import java.util.Map;
import java.util.TreeMap;

/** The broker's topics are not as they must be for a process to start; the message says what to do. */
public final class TopicsUnavailableException extends StartException {

    @Serial
    private static final long serialVersionUID = 1L;

    private TopicsUnavailableException(String message) {
        super(message);
    }

    static TopicsUnavailableException unreachable(String bootstrapServers, Exception failure) {
        Throwable reason = failure.getCause() == null ? failure : failure.getCause();
        TopicsUnavailableException unavailable = new TopicsUnavailableException(
                "Kafka at '%s' did not answer (%s). Start it, or name another one with --bootstrap host:port."
                        .formatted(bootstrapServers, reason));
        unavailable.addSuppressed(failure);
        return unavailable;
    }

    static TopicsUnavailableException unaltered(String topic, Map<String, String> configs, Exception failure) {
        Throwable reason = failure.getCause() == null ? failure : failure.getCause();
        TopicsUnavailableException unavailable = new TopicsUnavailableException(
                "Topic '%s' needs the configuration %s, and Kafka did not let it be set (%s). Set it, or allow this process to."
                        .formatted(topic, new TreeMap<>(configs), reason));
        unavailable.addSuppressed(failure);
        return unavailable;
    }

    static TopicsUnavailableException contradiction(String topic, int existing, int configured) {
        return new TopicsUnavailableException(
                ("Topic '%s' has %d partitions, but genapi.kafka.partitions is %d. Set it to %d, or start with another"
                                + " genapi.kafka.topic-prefix: jobs find their way by the number of partitions.")
                        .formatted(topic, existing, configured, existing));
    }
}
