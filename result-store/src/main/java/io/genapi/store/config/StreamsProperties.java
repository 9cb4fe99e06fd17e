package io.genapi.store.config;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;
import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.store.kafka.BoundedRocksDb;
import io.genapi.store.kafka.RocksDbMemory;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/** Kafka Streams' properties. */
final class StreamsProperties {
    /**
     * Longer than a slow machine takes for a part of the work; so long may a process that dies keep its readers waiting.
     */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    private StreamsProperties() {}

    static Properties of(
            KafkaSettings kafka, StoreSettings store, String applicationId, HostInfo self, RocksDbMemory memory) {
        Properties properties = new Properties();
        properties.putAll(kafka.properties());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                store.stateDirectory().toAbsolutePath().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, store.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, store.standbyReplicas());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor(kafka));
        // Facts are taken in idempotently, so transactions would buy nothing and cost every result their latency.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // Queries' metadata is not safe yet under the streams protocol.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, store.commitInterval().toMillis());
        // A query must see the last record that was taken in.
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(BoundedRocksDb.MEMORY, memory);
        properties.put(consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                store.sessionTimeout().toMillis());
        properties.put(consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                store.heartbeatInterval().toMillis());
        properties.put(consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 8 * 1024 * 1024);
        properties.put(consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 500);
        properties.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // Nobody waits for a changelog: a record each would keep the brokers busier than all jobs do.
        properties.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        // A state carries its request's correlation id, which may be as long as headers may.
        properties.put(producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), KafkaSettings.MAX_RECORD_BYTES);
        properties.put(topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), KafkaSettings.MAX_RECORD_BYTES);
        return properties;
    }

    /**
     * The same for a topology whose state and output must not differ after a crash.
     *
     * @param commitInterval how long readers of committed records wait
     */
    static Properties inTransactions(
            KafkaSettings kafka,
            StoreSettings store,
            String applicationId,
            HostInfo self,
            RocksDbMemory memory,
            Duration commitInterval) {
        Properties properties = of(kafka, store, applicationId, self, memory);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int) TRANSACTION_TIMEOUT.toMillis());
        return properties;
    }

    private static int replicationFactor(KafkaSettings kafka) {
        return kafka.replicationFactor() > 0 ? kafka.replicationFactor() : -1;
    }
}
