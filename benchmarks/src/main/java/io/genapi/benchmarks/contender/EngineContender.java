package io.genapi.benchmarks.contender;

import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.InflightOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One {@link InflightConsumer} with all the permits. */
final class EngineContender {

    private EngineContender() {}

    static void start(Entry entry, SlowJobs jobs, Breakdown breakdown) {
        InflightOptions options = InflightOptions.builder("engine")
                .topics(entry.workload().topic())
                .maxInFlight(entry.inFlightEach())
                .maxInFlightPerPartition(entry.inFlightEach())
                .build();
        InflightConsumer<byte[], byte[]> consumer = InflightConsumer.builder(
                        options,
                        Map.of("bootstrap.servers", entry.workload().bootstrap(), "group.id", entry.group()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .handler(jobs::run)
                .poison((_, cause) -> breakdown.report(cause))
                .meters(new SimpleMeterRegistry())
                .build();
        breakdown.watch(consumer::failure);
        consumer.start();
    }
}
