package io.genapi.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchFault;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class BatchRecordsTest {

    private static final String TOPIC = "genapi.batches";
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final BatchId ID = BatchId.mint(new Random(1));
    private static final FileId INPUT = FileId.mint(new Random(2));

    private static final StoredFile FILE = new StoredFile(
            INPUT,
            TenantId.DEFAULT,
            "half a pair.jsonl",
            FilePurpose.BATCH,
            17,
            BodyDigest.of(new byte[0]),
            "0001-blob",
            NOW,
            NOW.plusSeconds(3600));

    static Stream<BatchNews> news() {
        BatchTerms bare = terms(Optional.empty(), Optional.empty());
        BatchTerms full = terms(Optional.of(Map.of("a", "b")), Optional.of(Duration.ofHours(2)));
        BatchProgress moved = BatchProgress.BEGINNING
                .of("gpt-4o-mini")
                .moved(BatchStatus.IN_PROGRESS, NOW)
                .counting(new BatchCounts(3, 2, 1))
                .with(List.of(
                        new BatchFault("empty_file", "It is empty.", Optional.empty(), Optional.empty()),
                        new BatchFault("invalid_url", "Not it.", Optional.of("url"), Optional.of(7))))
                .with(Optional.of(ID.outputFile()), Optional.of(ID.errorFile()));
        return Stream.of(
                new BatchNews.Asked(ID, bare),
                new BatchNews.Asked(ID, full),
                new BatchNews.Moved(ID, bare, BatchProgress.BEGINNING, NOW),
                new BatchNews.Moved(ID, full, moved, NOW),
                new BatchNews.CancelRequested(ID, NOW));
    }

    private static BatchTerms terms(Optional<Map<String, String>> metadata, Optional<Duration> life) {
        return new BatchTerms(
                TenantId.DEFAULT,
                INPUT,
                "/v1/chat/completions",
                "24h",
                metadata,
                life,
                life.map(_ -> EndpointId.mint(new Random(3))),
                NOW,
                NOW.plusSeconds(86400));
    }

    @ParameterizedTest
    @MethodSource("news")
    void readsWhatItWrites(BatchNews news) {
        ConsumerRecord<byte[], byte[]> record = received(BatchRecords.write(news, TOPIC, "/test"));

        assertEquals(Optional.of(news), BatchRecords.read(record));
        assertEquals(Optional.of(ID), BatchRecords.idOf(record));
        assertEquals(Optional.empty(), FileRecords.idOf(record));
        assertEquals(
                List.of(),
                SchemaCheck.problems("batch.schema.json", new JsonMapper().readTree(record.value())),
                () -> new String(record.value(), StandardCharsets.UTF_8));
    }

    @Test
    void keepsEachKindOfNewsByItself() {
        assertEquals(
                3,
                news().map(news -> new String(
                                BatchRecords.write(news, TOPIC, "/test").key(), StandardCharsets.UTF_8))
                        .distinct()
                        .count());
        assertEquals(3, BatchRecords.remove(ID, TOPIC).size());
        ConsumerRecord<byte[], byte[]> gone =
                received(BatchRecords.remove(ID, TOPIC).getFirst());
        assertEquals(Optional.of(ID), BatchRecords.idOf(gone));
        assertEquals(Optional.empty(), BatchRecords.read(gone));
    }

    @Test
    void readsTheFilesThatItWrites() {
        ConsumerRecord<byte[], byte[]> record = received(FileRecords.write(FILE, TOPIC, "/test"));

        assertEquals(Optional.of(FILE), FileRecords.read(record));
        assertEquals(Optional.of(INPUT), FileRecords.idOf(record));
        assertEquals(Optional.empty(), BatchRecords.idOf(record));
        assertEquals(List.of(), SchemaCheck.problems("file.schema.json", new JsonMapper().readTree(record.value())));
        ConsumerRecord<byte[], byte[]> gone = received(FileRecords.remove(INPUT, TOPIC));
        assertEquals(Optional.of(INPUT), FileRecords.idOf(gone));
        assertEquals(Optional.empty(), FileRecords.read(gone));
    }

    @Test
    void givesAKeyAlwaysTheSameIdAndTenantsTheirOwn() {
        assertEquals(FileId.ofKey(TenantId.DEFAULT, "k"), FileId.ofKey(TenantId.DEFAULT, "k"));
        assertNotEquals(FileId.ofKey(TenantId.DEFAULT, "k"), FileId.ofKey(new TenantId("other"), "k"));
        assertNotEquals(BatchId.ofKey(TenantId.DEFAULT, "k"), BatchId.ofKey(TenantId.DEFAULT, "l"));
        assertNotEquals(ID.outputFile(), ID.errorFile());
        assertTrue(BatchId.parse("batch_../../etc/passwd").isEmpty());
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.empty());
    }
}
