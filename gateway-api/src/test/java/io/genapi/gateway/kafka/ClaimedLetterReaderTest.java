package io.genapi.gateway.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimedLetterReaderTest {

    private static final String TOPIC = "genapi.dead-letters";

    @Test
    void tellsEveryClaimOfTheLettersThatAreThere(@TempDir Path data) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            ClaimedLetterReader reader = new ClaimedLetterReader(
                    () -> new KafkaConsumer<>(
                            Map.of("bootstrap.servers", kafka.bootstrapServers()),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer()),
                    TOPIC);
            assertEquals(Set.of(), reader.claims());

            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (List<String> claims : List.of(List.of("one"), List.<String>of(), List.of("two", "three"))) {
                    ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(TOPIC, new byte[0]);
                    claims.forEach(claim -> letter.headers().add("claim-check", claim.getBytes(UTF_8)));
                    producer.send(letter).get();
                }
            }

            assertEquals(Set.of("one", "two", "three"), reader.claims());
        }
    }
}
