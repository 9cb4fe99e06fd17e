package io.genapi.store.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Kafka Streams' own metrics, without those of single tasks and RocksDB instances: they would be thousands. */
final class StreamsMeters implements AutoCloseable {
    private final CompositeMeterRegistry chosen = new CompositeMeterRegistry();
    private @Nullable KafkaStreamsMetrics metrics;

    StreamsMeters(MeterRegistry meters) {
        chosen.config()
                .meterFilter(MeterFilter.denyUnless(id -> id.getName().startsWith("kafka.stream.thread")
                        || id.getName().startsWith("kafka.stream.state.updater")
                        || id.getName().startsWith("kafka.consumer.fetch.manager.records.lag.max")));
        chosen.add(meters);
    }

    synchronized void observe(KafkaStreams streams) {
        metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(chosen);
    }

    @Override
    public synchronized void close() {
        if (metrics != null) {
            metrics.close();
        }
        chosen.close();
    }
}
