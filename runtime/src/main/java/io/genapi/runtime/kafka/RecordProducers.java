package io.genapi.runtime.kafka;

import io.genapi.runtime.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.support.ProducerListener;

/** Makes producers that lose and double nothing: idempotent, acknowledged by all in-sync replicas, traced, measured. */
public final class RecordProducers {

    /** Kafka's own limit is on what lies in it, compressed; a record of a foreign producer can be a multiple of that. */
    private static final int LARGEST_UNCOMPRESSED_BYTES = 64 * 1024 * 1024;

    private final KafkaSettings settings;
    private final Telemetry telemetry;
    private final MeterRegistry meters;

    public RecordProducers(KafkaSettings settings, Telemetry telemetry, MeterRegistry meters) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.meters = meters;
    }

    /**
     * A producer of its own; close it with {@link KafkaTemplate#destroy()}.
     *
     * @param clientId shows in the broker's logs and in the metrics
     * @param patience how long one record is tried before its send fails
     */
    public KafkaTemplate<byte[], byte[]> create(String clientId, Duration patience) {
        DefaultKafkaProducerFactory<byte[], byte[]> factory = factory(properties(clientId, patience));
        factory.addPostProcessor(telemetry::traced);
        return new OwnedKafkaTemplate(factory);
    }

    /** A producer whose records are too many for a span each; otherwise as {@link #create}. */
    public KafkaTemplate<byte[], byte[]> createUntraced(String clientId, Duration patience) {
        return new OwnedKafkaTemplate(factory(properties(clientId, patience)));
    }

    /**
     * A producer that adds no header to what it is given, and takes also what is large and compresses well; otherwise
     * as {@link #create}.
     */
    public KafkaTemplate<byte[], byte[]> createVerbatim(String clientId, Duration patience) {
        Map<String, Object> properties = properties(clientId, patience);
        properties.put("max.request.size", LARGEST_UNCOMPRESSED_BYTES);
        properties.put("buffer.memory", 2L * LARGEST_UNCOMPRESSED_BYTES);
        return new OwnedKafkaTemplate(factory(properties));
    }

    /**
     * A producer that writes in transactions, in which whoever uses the same id takes the place of whoever did before; it
     * has no part in traces. Close it yourself.
     *
     * @param clientId shows in the broker's logs
     * @param transactionalId that its principal may write with
     * @param patience how long one record, or one step of a transaction, is tried
     * @param longest that a transaction may be open before Kafka ends it
     */
    public Producer<byte[], byte[]> createTransactional(
            String clientId, String transactionalId, Duration patience, Duration longest) {
        Map<String, Object> properties = properties(clientId, patience);
        properties.put("transactional.id", transactionalId);
        properties.put("transaction.timeout.ms", (int) longest.toMillis());
        // Its records are waited for one by one.
        properties.put("linger.ms", 0);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> properties(String clientId, Duration patience) {
        Map<String, Object> properties = settings.clientProperties(clientId);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", 1);
        properties.put("max.request.size", KafkaSettings.MAX_RECORD_BYTES);
        properties.put("delivery.timeout.ms", (int) patience.toMillis());
        properties.put("request.timeout.ms", (int) Math.max(1000, patience.toMillis() / 2));
        properties.put("max.block.ms", patience.toMillis());
        return properties;
    }

    private DefaultKafkaProducerFactory<byte[], byte[]> factory(Map<String, Object> properties) {
        DefaultKafkaProducerFactory<byte[], byte[]> factory =
                new DefaultKafkaProducerFactory<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        factory.addListener(new MicrometerProducerListener<>(meters));
        return factory;
    }

    /** A template whose end is its producer's end. */
    private static final class OwnedKafkaTemplate extends KafkaTemplate<byte[], byte[]> {

        private final DefaultKafkaProducerFactory<byte[], byte[]> factory;

        OwnedKafkaTemplate(DefaultKafkaProducerFactory<byte[], byte[]> factory) {
            super(factory);
            this.factory = factory;
            // Who sends hears of a failure, and tells it; the template's own listener would log it a second time.
            setProducerListener(new ProducerListener<>() {});
        }

        @Override
        public void destroy() {
            super.destroy();
            factory.destroy();
        }
    }
}
