package io.genapi.worker.config;

import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.kafka.CancellationReader;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How a worker learns of cancelled jobs. */
@Configuration(proxyBeanMethods = false)
class CancellationConfiguration {

    private static final int REMEMBERED_CANCELLATIONS = 100_000;

    @Bean
    Cancellations cancellations(MeterRegistry meters) {
        Cancellations cancellations = new Cancellations(REMEMBERED_CANCELLATIONS);
        FunctionCounter.builder("genapi.cancellations.forgotten", cancellations, Cancellations::forgotten)
                .description("cancelled jobs that this worker forgot because it knew of too many")
                .register(meters);
        return cancellations;
    }

    @Bean
    CancellationReader cancellationReader(KafkaSettings kafka, ProvisionedTopics topics, Cancellations cancellations) {
        return new CancellationReader(
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-cancellations"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topics.names().control(),
                cancellations);
    }

    @Bean
    Phased cancellationReading(CancellationReader cancellationReader) {
        return new Phased(Phased.BEFORE_HTTP, cancellationReader::start, cancellationReader::close);
    }
}
