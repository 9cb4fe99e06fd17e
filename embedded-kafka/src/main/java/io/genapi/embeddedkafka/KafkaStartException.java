package io.genapi.embeddedkafka;

import java.io.Serial;

/** The embedded broker did not start; the message names the node's address and directory, the cause has the rest. */
public final class KafkaStartException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    KafkaStartException(KafkaNode node, Throwable cause) {
        super(
                "Kafka node %d did not start on %s with its data in %s: %s"
                        .formatted(
                                node.nodeId(),
                                node.bootstrapServers(),
                                node.dataDirectory().toAbsolutePath(),
                                cause.getMessage()),
                cause);
    }
}
