package io.genapi.schemas.kafka;

import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchFault;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.EndpointId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * News of batches as records of {@code genapi.batches}, keyed by {@code batch/}, id and kind, so that the last of each kind
 * is kept; one without a value says that the batch is forgotten.
 */
public final class BatchRecords {

    private static final String KEY = "batch/";
    private static final List<String> KINDS = List.of("asked", "moved", "cancel-requested");

    private BatchRecords() {}

    /** The value of such a record: the terms, and how far it has come; or when its end was asked for. */
    private record Value(
            String id,
            @Nullable Terms terms,
            @Nullable Progress progress,
            @Nullable String cancelRequestedAt) {
        Value {
            Objects.requireNonNull(id, "id");
        }
    }

    private record Terms(
            String tenant,
            String inputFileId,
            String endpoint,
            String completionWindow,
            @Nullable Map<String, String> metadata,
            @Nullable Long outputSeconds,
            @Nullable String webhookEndpoint,
            String createdAt,
            String expiresAt) {
        Terms {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(inputFileId, "input_file_id");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(completionWindow, "completion_window");
            Objects.requireNonNull(createdAt, "created_at");
            Objects.requireNonNull(expiresAt, "expires_at");
        }
    }

    private record Progress(
            String status,
            Map<String, String> times,
            int total,
            int completed,
            int failed,
            @Nullable String model,
            List<Fault> errors,
            @Nullable String outputFileId,
            @Nullable String errorFileId) {
        Progress {
            Objects.requireNonNull(status, "status");
            times = Map.copyOf(times);
            errors = List.copyOf(errors);
        }
    }

    private record Fault(
            String code,
            String message,
            @Nullable String param,
            @Nullable Integer line) {
        Fault {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(BatchNews news, String topic, String source) {
        String kind = KINDS.get(kind(news));
        Instant at = at(news);
        HeaderWriter headers =
                new HeaderWriter(EventTypes.BATCH, source, news.id() + "/" + kind + "/" + at.toEpochMilli(), at);
        return new ProducerRecord<>(
                topic, null, key(news.id(), kind), WireJson.MAPPER.writeValueAsBytes(value(news)), headers.headers());
    }

    private static int kind(BatchNews news) {
        return switch (news) {
            case BatchNews.Asked _ -> 0;
            case BatchNews.Moved _ -> 1;
            case BatchNews.CancelRequested _ -> 2;
        };
    }

    private static Instant at(BatchNews news) {
        return switch (news) {
            case BatchNews.Asked(var _, BatchTerms terms) -> terms.createdAt();
            case BatchNews.Moved(var _, var _, var _, Instant at) -> at;
            case BatchNews.CancelRequested(var _, Instant at) -> at;
        };
    }

    private static Value value(BatchNews news) {
        return switch (news) {
            case BatchNews.Asked(BatchId id, BatchTerms terms) -> new Value(id.value(), terms(terms), null, null);
            case BatchNews.Moved(BatchId id, BatchTerms terms, BatchProgress progress, var _) ->
                new Value(id.value(), terms(terms), progress(progress), null);
            case BatchNews.CancelRequested(BatchId id, Instant at) -> new Value(id.value(), null, null, at.toString());
        };
    }

    private static Terms terms(BatchTerms terms) {
        return new Terms(
                terms.tenant().value(),
                terms.input().value(),
                terms.endpoint(),
                terms.completionWindow(),
                terms.metadata().map(TreeMap::new).orElse(null),
                terms.outputLife().map(Duration::toSeconds).orElse(null),
                terms.webhookEndpoint().map(EndpointId::value).orElse(null),
                terms.createdAt().toString(),
                terms.expiresAt().toString());
    }

    private static Progress progress(BatchProgress progress) {
        Map<String, String> times = new TreeMap<>();
        progress.times().forEach((status, at) -> times.put(status.wireName(), at.toString()));
        return new Progress(
                progress.status().wireName(),
                times,
                progress.counts().total(),
                progress.counts().completed(),
                progress.counts().failed(),
                progress.model().orElse(null),
                progress.faults().stream()
                        .map(fault -> new Fault(
                                fault.code(),
                                SentText.wellFormed(fault.message()),
                                fault.param().orElse(null),
                                fault.line().orElse(null)))
                        .toList(),
                progress.output().map(FileId::value).orElse(null),
                progress.error().map(FileId::value).orElse(null));
    }

    /** Say that a batch is forgotten. */
    public static List<ProducerRecord<byte[], byte[]>> remove(BatchId id, String topic) {
        return KINDS.stream()
                .map(kind -> new ProducerRecord<byte[], byte[]>(topic, key(id, kind), null))
                .toList();
    }

    private static byte[] key(BatchId id, String kind) {
        return (KEY + id + "/" + kind).getBytes(StandardCharsets.UTF_8);
    }

    /** The batch whose record it is, or was; empty where it is another one's. */
    public static Optional<BatchId> idOf(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('/');
        return text.startsWith(KEY) && end > KEY.length()
                ? BatchId.parse(text.substring(KEY.length(), end))
                : Optional.empty();
    }

    /** The news that a record is; empty where it is none that this version knows, or says that a batch is forgotten. */
    public static Optional<BatchNews> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.BATCH::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return news(WireJson.read(body, Value.class), record.timestamp());
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<BatchNews> news(Value value, long timestamp) {
        BatchId id = new BatchId(value.id());
        Terms terms = value.terms();
        Progress progress = value.progress();
        if (terms != null) {
            return Optional.of(
                    progress == null
                            ? new BatchNews.Asked(id, terms(terms))
                            : new BatchNews.Moved(
                                    id, terms(terms), progress(progress), Instant.ofEpochMilli(timestamp)));
        }
        return Optional.ofNullable(value.cancelRequestedAt())
                .map(at -> new BatchNews.CancelRequested(id, Instant.parse(at)));
    }

    private static BatchTerms terms(Terms terms) {
        return new BatchTerms(
                new TenantId(terms.tenant()),
                new FileId(terms.inputFileId()),
                terms.endpoint(),
                terms.completionWindow(),
                Optional.ofNullable(terms.metadata()),
                Optional.ofNullable(terms.outputSeconds()).map(Duration::ofSeconds),
                Optional.ofNullable(terms.webhookEndpoint()).map(EndpointId::new),
                Instant.parse(terms.createdAt()),
                Instant.parse(terms.expiresAt()));
    }

    private static BatchProgress progress(Progress progress) {
        Map<BatchStatus, Instant> times = new HashMap<>();
        progress.times().forEach((status, at) -> times.put(status(status), Instant.parse(at)));
        return new BatchProgress(
                status(progress.status()),
                times,
                new BatchCounts(progress.total(), progress.completed(), progress.failed()),
                Optional.ofNullable(progress.model()),
                progress.errors().stream()
                        .map(fault -> new BatchFault(
                                fault.code(),
                                fault.message(),
                                Optional.ofNullable(fault.param()),
                                Optional.ofNullable(fault.line())))
                        .toList(),
                Optional.ofNullable(progress.outputFileId()).map(FileId::new),
                Optional.ofNullable(progress.errorFileId()).map(FileId::new));
    }

    private static BatchStatus status(String text) {
        return BatchStatus.fromWireName(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no status of a batch"));
    }
}
