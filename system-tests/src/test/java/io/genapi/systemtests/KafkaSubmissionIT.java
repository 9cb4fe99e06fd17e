package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Eventually;
import io.genapi.schemas.kafka.SchemaCheck;
import io.genapi.systemtests.harness.ConsoleProducer;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.SystemTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Jobs that come in by Kafka, from clients that know nothing of the broker. */
@SystemTest
final class KafkaSubmissionIT {

    private static final String REQUESTS = "genapi.requests.default";
    private static final String RESULTS = "genapi.results";

    private final LocalBroker broker;
    private final Topics topics;

    KafkaSubmissionIT(LocalBroker broker) {
        this.broker = broker;
        this.topics = new Topics(broker.bootstrapServers());
    }

    @Test
    void answersARecordOfTheStockConsoleProducerThatIsNothingButAValue() {
        ConsoleProducer.produce(
                broker.directory(), broker.bootstrapServers(), REQUESTS, Api.chatBody(Api.MODEL, "from the console"));

        ConsumerRecord<byte[], byte[]> result = resultThatSays("You said: from the console");
        assertEquals("succeeded", Topics.header(result, "status"));
        assertEquals("genapi.job.completed.v1", Topics.header(result, "ce_type"));
        assertFalse(Topics.header(result, "correlation-id").isEmpty(), "a correlation id is minted");
        assertEquals("default", Topics.header(result, "tenant"));
        assertEquals(List.of(), SchemaCheck.problems(result));

        String id = new String(result.key(), StandardCharsets.UTF_8);
        Answer job = broker.api().job(id, 30);
        assertEquals("succeeded", job.jobStatus(), job::toString);
        assertEquals("You said: from the console", job.content());
    }

    @Test
    void echoesCorrelationIdsByteForByteEvenThoseThatAreNoText() {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xfe, 'x', (byte) 0xc3, 0x28};
        ProducerRecord<byte[], byte[]> request = request("with a binary correlation id");
        request.headers().add("correlation-id", bytes);
        topics.send(request);

        ConsumerRecord<byte[], byte[]> result = resultThatSays("You said: with a binary correlation id");
        assertArrayEquals(bytes, result.headers().lastHeader("correlation-id").value());
    }

    @Test
    void echoesSpringsNameForTheCorrelationId() {
        byte[] bytes = {0x12, (byte) 0x9a, 0x00, (byte) 0xbc};
        ProducerRecord<byte[], byte[]> request = request("with Spring's header");
        request.headers().add("kafka_correlationId", bytes);
        topics.send(request);

        ConsumerRecord<byte[], byte[]> result = resultThatSays("You said: with Spring's header");
        assertArrayEquals(
                bytes, result.headers().lastHeader("kafka_correlationId").value());
        assertArrayEquals(bytes, result.headers().lastHeader("correlation-id").value());
    }

    @Test
    void servesTheReplyTopicToo() {
        topics.create("my-own-replies");
        ProducerRecord<byte[], byte[]> request = request("to my own topic");
        request.headers().add("reply-topic", "my-own-replies".getBytes(StandardCharsets.UTF_8));
        request.headers().add("correlation-id", "mine".getBytes(StandardCharsets.UTF_8));
        topics.send(request);

        ConsumerRecord<byte[], byte[]> reply = topics.await(
                "a reply", "my-own-replies", record -> Topics.text(record).contains("to my own topic"));
        ConsumerRecord<byte[], byte[]> result = resultThatSays("You said: to my own topic");
        assertEquals("mine", Topics.header(reply, "correlation-id"));
        assertArrayEquals(result.key(), reply.key());
        assertArrayEquals(result.value(), reply.value());
        assertEquals(List.of(), SchemaCheck.problems(reply));
    }

    @Test
    void failsWhatIsNoRequestWithTheErrorEnvelope() {
        topics.send(correlated(REQUESTS, "garbage-1", "this is no JSON"));
        topics.send(correlated(REQUESTS, "garbage-2", "{\"model\":\"gpt-4o-mini\"}"));

        for (String correlation : List.of("garbage-1", "garbage-2")) {
            ConsumerRecord<byte[], byte[]> result = topics.await(
                    "the result of " + correlation,
                    RESULTS,
                    record -> Topics.header(record, "correlation-id").equals(correlation));
            assertEquals("failed", Topics.header(result, "status"));
            assertEquals("400", Topics.header(result, "http-status"));
            var error = JsonMapper.shared().readTree(result.value()).path("error");
            assertEquals("invalid_request_error", error.path("type").asString());
            assertFalse(error.path("message").asString().isEmpty());
            assertEquals(List.of(), SchemaCheck.problems(result));
        }
    }

    @Test
    void setsAsideWhatAnUnknownVersionWroteWithTheReason() {
        ProducerRecord<byte[], byte[]> request = request("of the future");
        request.headers().add("ce_type", "genapi.job.requested.v2".getBytes(StandardCharsets.UTF_8));
        topics.send(request);

        ConsumerRecord<byte[], byte[]> dead = topics.await(
                "a dead letter",
                "genapi.dead-letters",
                record -> Topics.text(record).contains("of the future"));
        assertArrayEquals(request.value(), dead.value());
        String reason = Topics.header(dead, "dead-letter-reason");
        assertTrue(reason.contains("genapi.job.requested.v2"), reason);
        assertEquals(REQUESTS, Topics.header(dead, "dead-letter-topic"));
    }

    @Test
    void writesNoRecordThatBreaksItsOwnContract() {
        Answer waited = broker.api().chat("for the contract, by HTTP");
        assertEquals(200, waited.status(), waited::toString);
        Answer failed = broker.api().post("/v1/chat/completions", Api.chatBody("no-such-model", "for the contract"));
        assertEquals(404, failed.status(), failed::toString);
        topics.send(correlated(REQUESTS, "contract", Api.chatBody(Api.MODEL, "for the contract, by Kafka")));
        resultThatSays("You said: for the contract, by Kafka");
        Eventually.holds("heartbeats", () -> !topics.all("genapi.control").isEmpty());

        int held = 0;
        for (String topic : topics.names("genapi.")) {
            for (ConsumerRecord<byte[], byte[]> record : topics.all(topic)) {
                if (record.headers().lastHeader("ce_source") != null) {
                    assertEquals(List.of(), SchemaCheck.problems(record), () -> "on " + topic + ": " + record);
                    held++;
                }
            }
        }
        assertTrue(held >= 5, "requests, results and heartbeats were there to look at: " + held);
    }

    private static ProducerRecord<byte[], byte[]> request(String question) {
        return new ProducerRecord<>(REQUESTS, Api.chatBody(Api.MODEL, question).getBytes(StandardCharsets.UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> correlated(String topic, String correlation, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8));
        record.headers().add("correlation-id", correlation.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private ConsumerRecord<byte[], byte[]> resultThatSays(String content) {
        return topics.await(
                "the result that says: " + content,
                RESULTS,
                record -> Topics.text(record).contains(content));
    }
}
