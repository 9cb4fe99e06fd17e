package io.genapi.worker;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers as anybody may have them. */
public final class Producers {

    private Producers() {}

    /** Of bytes as they are; to be closed. */
    public static KafkaProducer<byte[], byte[]> raw(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
