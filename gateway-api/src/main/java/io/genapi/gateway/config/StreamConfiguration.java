package io.genapi.gateway.config;

import io.genapi.gateway.http.StreamController;
import io.genapi.gateway.http.StreamMeters;
import io.genapi.gateway.http.WaitingRoom;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.kafka.KafkaStreamLog;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.stream.FeedPatience;
import io.genapi.gateway.stream.LiveStreams;
import io.genapi.gateway.stream.StreamLog;
import io.genapi.gateway.stream.StreamPace;
import io.genapi.gateway.stream.Streams;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way of an answer's pieces to those that follow them. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    /** Between two looks whether a follower is still there. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What a result tells of is there already; another partition's fetch may bring it a moment later. */
    private static final Duration MISSING_PIECES = Duration.ofSeconds(2);

    /** A stream that has to be read from Kafka waits so long for its turn. */
    private static final Duration READER = Duration.ofSeconds(10);

    /** What one reader fetches at once; a larger record comes alone. */
    private static final int FETCH_BYTES = 1 << 20;

    @Bean
    LiveStreams liveStreams(PartitionOwnership ownership, ProvisionedTopics topics, GatewaySettings settings) {
        return new LiveStreams(
                ownership, topics.partitions(), settings.stream().buffer().toBytes());
    }

    @Bean
    StreamLog streamLog(KafkaSettings kafka, ProvisionedTopics topics, GatewaySettings settings, InstantSource clock) {
        return new KafkaStreamLog(
                () -> new KafkaConsumer<>(reader(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topics.names(),
                topics.partitions(),
                settings.stream().maxReaders(),
                clock);
    }

    private static Map<String, Object> reader(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.consumerProperties("genapi-gateway-streams");
        properties.put("auto.offset.reset", "earliest");
        properties.put("fetch.max.bytes", 2 * FETCH_BYTES);
        properties.put("max.partition.fetch.bytes", FETCH_BYTES);
        return properties;
    }

    @Bean
    Streams streams(
            LiveStreams liveStreams,
            StreamLog log,
            JobStore store,
            PrometheusMeterRegistry meters,
            GatewaySettings settings,
            InstantSource clock) {
        StreamSettings stream = settings.stream();
        return new Streams(
                liveStreams,
                log,
                store,
                new Streams.Patience(
                        new StreamPace(stream.headerPatience(), stream.keepAlive(), LOOK),
                        new FeedPatience(MISSING_PIECES, settings.safetyNet(), READER),
                        stream.maxFollowers()),
                new StreamMeters(meters),
                clock);
    }

    @Bean
    StreamController streamController(JobLookup jobs, Streams streams, WaitingRoom waitingRoom) {
        return new StreamController(jobs, streams, waitingRoom);
    }
}
