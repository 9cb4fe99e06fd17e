package io.genapi.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceLauncher;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.DeadLetterRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.simulator.VendorSimulator;
import io.genapi.worker.WorkerService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Letters of each kind on their way back to a worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedriveCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REQUESTS = "genapi.requests.default";
    private static final String LETTERS = "genapi.dead-letters";
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final VendorSimulator vendor = VendorSimulator.start();
    private final List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();
    private EmbeddedKafka kafka;
    private RunningService worker;
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> consumer;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Path catalog = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors:
                  simulator: { base-url: "%s" }
                models:
                  m: [{ vendor: simulator }]
                """.formatted(vendor.baseUri()));
        Map<String, Object> address = Map.of("bootstrap.servers", kafka.bootstrapServers());
        worker = ServiceLauncher.start(
                WorkerService.DEFINITION,
                Map.of(
                        "server.port",
                        0,
                        "genapi.kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "genapi.kafka.partitions",
                        1,
                        "genapi.catalog",
                        catalog));
        producer = new KafkaProducer<>(address, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(address, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition all = new TopicPartition("genapi.results", 0);
        consumer.assign(List.of(all));
        consumer.seekToBeginning(List.of(all));
    }

    @AfterAll
    void stop() {
        consumer.close();
        producer.close();
        worker.close();
        kafka.close();
        vendor.close();
    }

    @Test
    void bringsALetterOfEachKindBackOnce() throws Exception {
        assertEquals(ExitCodes.OK, redrive());
        assertEquals("No dead letters.", out.toString().strip());

        // One that this version can read, as if an older one had not been able to.
        ConsumerRecord<byte[], byte[]> keyless = original(7, null, new RecordHeaders());
        long unread = put(new DeadLetter(keyless, "too new for me", Optional.empty(), true));
        JobId ended = JobId.derive(Instant.EPOCH, "ended");
        Headers headers = new RecordHeaders()
                .add("correlation-id", new byte[] {(byte) 0xff, 1})
                .add("prefer", utf8("wait"));
        long failed =
                put(new DeadLetter(original(8, ended.bytes(), headers), "bug\u001b[31m", Optional.of(ended), true));
        long lost = put(new DeadLetter(original(9, null, new RecordHeaders()), "large", Optional.empty(), false));
        long foreign = producer.send(new ProducerRecord<>(LETTERS, utf8("hello")))
                .get()
                .offset();

        assertEquals(ExitCodes.OK, redrive("--list"));
        String list = out.toString();
        assertEquals(4, list.lines().count(), list);
        assertTrue(list.contains(RequestRecords.idOf(keyless).value()), list);
        assertTrue(list.contains(REQUESTS + "/0/7"), list);
        assertTrue(list.contains("foreign"), list);
        assertFalse(list.contains("\u001b"), "a letter steers the terminal");

        assertEquals(ExitCodes.OK, redrive(Long.toString(unread)));
        JobResult same = result(RequestRecords.idOf(keyless));
        assertEquals(JobStatus.SUCCEEDED, same.status());

        assertEquals(ExitCodes.OK, redrive("--all"));
        String line = out.toString().lines().findFirst().orElseThrow();
        assertTrue(line.contains(ended + " -> job_"), line);
        assertTrue(out.toString().contains("1 put back, 2 cannot be, 1 were before."), out.toString());
        JobResult fresh = result(new JobId(line.replaceAll(".* -> (job_\\S+).*", "$1")));
        assertEquals(JobStatus.SUCCEEDED, fresh.status());
        assertEquals(
                io.genapi.schemas.job.CorrelationId.of(new byte[] {(byte) 0xff, 1}),
                fresh.correlation().id());

        assertEquals(ExitCodes.FAILED, redrive(Long.toString(unread), Long.toString(failed)));
        assertTrue(err.toString().contains("Letter " + failed + " was redriven before"), err.toString());
        assertEquals(ExitCodes.FAILED, redrive(Long.toString(lost), Long.toString(foreign), "99999"));
        assertTrue(err.toString().contains("There is no letter 99999"), err.toString());
        assertEquals(ExitCodes.OK, redrive("--all"));
        assertTrue(out.toString().startsWith("0 put back"), out.toString());
        assertEquals(2, vendor.calls().size());

        // One that nobody can read yet comes back as a letter, under the id that it always had.
        ConsumerRecord<byte[], byte[]> future = original(10, utf8("no job id"), ceType("genapi.job.requested.v2"));
        long first = put(new DeadLetter(future, "v2", Optional.empty(), true));
        assertEquals(ExitCodes.OK, redrive(Long.toString(first)));
        await().atMost(PATIENCE).until(() -> {
            var _ = redrive();
            return out.toString()
                            .lines()
                            .filter(row ->
                                    row.contains(RequestRecords.idOf(future).value()))
                            .count()
                    == 2;
        });
    }

    @Test
    void saysWhatToDoWhereThereIsNoKafkaOrNoSuchTopic() {
        int port = EmbeddedKafka.freePort();
        assertEquals(ExitCodes.UNAVAILABLE, run("jobs", "redrive", "--bootstrap", "127.0.0.1:" + port));
        assertTrue(err.toString().startsWith("No Kafka answers at 127.0.0.1:" + port), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals(ExitCodes.FAILED, redrive("--topic-prefix", "elsewhere"));
        assertTrue(err.toString().contains("--topic-prefix"), err.toString());
    }

    private int redrive(String... arguments) {
        List<String> line = new ArrayList<>(List.of("jobs", "redrive", "--bootstrap", kafka.bootstrapServers()));
        line.addAll(List.of(arguments));
        return run(line.toArray(String[]::new));
    }

    private int run(String... line) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine command = GenapiCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(line);
    }

    private long put(DeadLetter letter) throws Exception {
        return producer.send(DeadLetterRecords.write(letter, LETTERS)).get().offset();
    }

    private JobResult result(JobId id) {
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(50)).forEach(results::add);
            return results.stream().anyMatch(record -> new String(record.key(), UTF_8).equals(id.value()));
        });
        List<ConsumerRecord<byte[], byte[]>> own = results.stream()
                .filter(record -> new String(record.key(), UTF_8).equals(id.value()))
                .toList();
        assertEquals(1, own.size());
        return ResultRecords.read(own.getFirst()).orElseThrow();
    }

    private static Headers ceType(String type) {
        return new RecordHeaders().add("ce_type", utf8(type));
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key may be absent.
    private static ConsumerRecord<byte[], byte[]> original(long offset, byte @Nullable [] key, Headers headers) {
        return new ConsumerRecord<>(
                REQUESTS,
                0,
                offset,
                1_769_860_800_123L,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                utf8(BODY),
                headers,
                Optional.empty());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
