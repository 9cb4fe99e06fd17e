package io.genapi.worker.config;

import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.kafka.KafkaColleagues;
import io.genapi.worker.kafka.SightingReader;
import io.genapi.worker.telemetry.ErrorCounter;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** How workers tell each other of their vendors' trouble. */
@Configuration(proxyBeanMethods = false)
class ColleagueConfiguration {

    private static final Duration LOOK_BACK = Duration.ofMinutes(1);

    @Bean
    KafkaColleagues colleagues(
            KafkaTemplate<byte[], byte[]> sideProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            PeerDirectory peers,
            ErrorCounter errors) {
        return new KafkaColleagues(
                sideProducer::send,
                topics.names().control(),
                identity,
                () -> Math.max(1, peers.alive(Heartbeat.Service.WORKER).size()),
                errors);
    }

    @Bean
    SightingReader sightingReader(
            KafkaSettings kafka,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            Admission admission,
            InstantSource clock) {
        return new SightingReader(
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-sightings"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topics.names().control(),
                identity.instance(),
                LOOK_BACK,
                clock,
                admission::hear);
    }

    @Bean
    Phased sightingReading(SightingReader sightingReader) {
        return new Phased(Phased.BEFORE_HTTP, sightingReader::start, sightingReader::close);
    }
}
