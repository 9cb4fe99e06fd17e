package io.genapi.store.kafka;

import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.topology.ConsumptionProgress;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients that Kafka Streams works with, of which the consumers of the inputs are ours. */
public final class StreamsClients implements KafkaClientSupplier {
    private final Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers;

    private StreamsClients(Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** Their consumers tell how far they are. */
    public static StreamsClients tracking(ConsumptionProgress progress, TopicNames names) {
        Set<String> requestTopics = Set.copyOf(names.requests());
        return new StreamsClients(properties -> new TrackingConsumer(properties, progress, requestTopics));
    }

    /** Their consumers drop the answers of results, and hand nothing on before the endpoints are known. */
    public static StreamsClients withoutAnswers(TopicNames names, EndpointsFirst endpoints) {
        return new StreamsClients(properties -> new AnswerlessConsumer(properties, names.results(), endpoints));
    }

    @Override
    public Admin getAdmin(Map<String, Object> properties) {
        return Admin.create(properties);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> properties) {
        return consumers.apply(properties);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> properties) {
        return getRestoreConsumer(properties);
    }
}
