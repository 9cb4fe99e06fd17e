package io.genapi.runtime.kafka;

import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** On Kafka's own image, where there is an engine to run it. */
@ExtendWith(ReportedWithoutDocker.class)
@Testcontainers(disabledWithoutDocker = true)
class ContainerKafkaTopicsTest extends TopicProvisionerContract {

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.3.1");

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}
