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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
    private Attempt last = new Attempt();

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
        assertEquals("No dead letters.", last.out().strip());

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
        String list = last.out();
        assertEquals(4, list.lines().count(), list);
        assertTrue(list.contains(RequestRecords.idOf(keyless).value()), list);
        assertTrue(list.contains(REQUESTS + "/0/7"), list);
        assertTrue(list.contains("foreign"), list);
        assertFalse(list.contains("\u001b"), "a letter steers the terminal");

        assertEquals(ExitCodes.OK, redrive(Long.toString(unread)));
        JobResult same = result(RequestRecords.idOf(keyless));
        assertEquals(JobStatus.SUCCEEDED, same.status());

        assertEquals(ExitCodes.OK, redrive("--all"));
        String line = last.out().lines().findFirst().orElseThrow();
        assertTrue(line.contains(ended + " -> job_"), line);
        assertTrue(last.out().contains("1 put back, 2 cannot be, 1 were before."), last.out());
        JobResult fresh = result(new JobId(line.replaceAll(".* -> (job_\\S+).*", "$1")));
        assertEquals(JobStatus.SUCCEEDED, fresh.status());
        assertEquals(
                io.genapi.schemas.job.CorrelationId.of(new byte[] {(byte) 0xff, 1}),
                fresh.correlation().id());

        assertEquals(ExitCodes.FAILED, redrive(Long.toString(unread), Long.toString(failed)));
        assertTrue(last.err().contains("Letter " + failed + " was redriven before"), last.err());
        assertEquals(ExitCodes.FAILED, redrive(Long.toString(lost), Long.toString(foreign), "99999"));
        assertTrue(last.err().contains("There is no letter 99999"), last.err());
        assertEquals(ExitCodes.OK, redrive("--all"));
        assertTrue(last.out().startsWith("0 put back"), last.out());
        assertEquals(2, vendor.calls().size());

        // One that nobody can read yet comes back as a letter, under the id that it always had.
        ConsumerRecord<byte[], byte[]> future = original(10, utf8("no job id"), ceType("genapi.job.requested.v2"));
        long first = put(new DeadLetter(future, "v2", Optional.empty(), true));
        assertEquals(ExitCodes.OK, redrive(Long.toString(first)));
        await().atMost(PATIENCE).until(() -> {
            var _ = redrive();
            return last.out()
                            .lines()
                            .filter(row ->
                                    row.contains(RequestRecords.idOf(future).value()))
                            .count()
                    == 2;
        });
    }

    @Test
    void bringsThousandsOfLettersBackOnceThoughTwoAreAtIt() throws Exception {
        writeLetters("many", 3_000);
        String[] all = {"--topic-prefix", "many", "--all"};

        Attempt first = new Attempt();
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> first.redrive(all));
        await().atMost(PATIENCE).until(() -> first.out().contains(" -> "));
        Attempt second = new Attempt();
        assertEquals(ExitCodes.FAILED, second.redrive(all), second::out);
        assertTrue(second.err().contains("Another 'genapi jobs redrive'"), second::err);
        assertEquals("", second.out());
        assertEquals(ExitCodes.OK, new Attempt().redrive("--topic-prefix", "many", "--list"), "looking is free");
        assertFalse(ended.isDone(), "the first one was at it all the time");

        assertEquals(ExitCodes.OK, ended.get(), first::err);
        assertTrue(first.out().contains("3000 put back, 0 cannot be, 0 were before."), first::out);
        Attempt third = new Attempt();
        assertEquals(ExitCodes.OK, third.redrive(all), third::err);
        assertTrue(third.out().startsWith("0 put back, 0 cannot be, 3000 were before."), third::out);
        assertEquals(
                IntStream.range(0, 3_000).mapToObj(i -> "letter-" + i).toList(), correlations("many.requests.default"));
    }

    private void writeLetters(String prefix, int count) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(Stream.of(".requests.default", ".dead-letters")
                            .map(name -> new NewTopic(prefix + name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> writer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "max.in.flight.requests.per.connection",
                        1,
                        "linger.ms",
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sent.add(writer.send(DeadLetterRecords.write(letter(prefix, i), prefix + ".dead-letters")));
            }
            for (Future<RecordMetadata> letter : sent) {
                letter.get();
            }
        }
    }

    /** Of a job that ended. */
    private static DeadLetter letter(String prefix, int number) {
        JobId id = JobId.derive(Instant.EPOCH, "letter-" + number);
        Headers headers = new RecordHeaders().add("correlation-id", utf8("letter-" + number));
        return new DeadLetter(
                original(prefix + ".requests.default", number, id.bytes(), headers), "bug", Optional.of(id), true);
    }

    /** Of everything that lies on a topic of one partition, in order. */
    private List<String> correlations(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> correlations = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end = reader.endOffsets(List.of(partition)).values().iterator().next();
            while (reader.position(partition) < end) {
                reader.poll(Duration.ofMillis(50))
                        .forEach(record -> correlations.add(new String(
                                record.headers().lastHeader("correlation-id").value(), UTF_8)));
            }
        }
        return correlations;
    }

    @Test
    void saysWhatToDoWhereThereIsNoKafkaOrNoSuchTopic() {
        int port = EmbeddedKafka.freePort();
        assertEquals(ExitCodes.UNAVAILABLE, run("jobs", "redrive", "--bootstrap", "127.0.0.1:" + port));
        assertTrue(last.err().startsWith("No Kafka answers at 127.0.0.1:" + port), last.err());
        assertFalse(last.err().contains("\tat "), last.err());
        assertEquals(ExitCodes.FAILED, redrive("--topic-prefix", "elsewhere"));
        assertTrue(last.err().contains("--topic-prefix"), last.err());
    }

    /** One call of the command line, and what it says. */
    private final class Attempt {
        private final StringWriter written = new StringWriter();
        private final StringWriter complaints = new StringWriter();

        int redrive(String... arguments) {
            List<String> line = new ArrayList<>(List.of("jobs", "redrive", "--bootstrap", kafka.bootstrapServers()));
            line.addAll(List.of(arguments));
            return run(line.toArray(String[]::new));
        }

        int run(String... line) {
            CommandLine command = GenapiCommand.commandLine();
            command.setOut(new PrintWriter(written, true));
            command.setErr(new PrintWriter(complaints, true));
            return command.execute(line);
        }

        String out() {
            return written.toString();
        }

        String err() {
            return complaints.toString();
        }
    }

    private int redrive(String... arguments) {
        last = new Attempt();
        return last.redrive(arguments);
    }

    private int run(String... line) {
        last = new Attempt();
        return last.run(line);
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

    private static ConsumerRecord<byte[], byte[]> original(long offset, byte @Nullable [] key, Headers headers) {
        return original(REQUESTS, offset, key, headers);
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key may be absent.
    private static ConsumerRecord<byte[], byte[]> original(
            String topic, long offset, byte @Nullable [] key, Headers headers) {
        return new ConsumerRecord<>(
                topic,
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
