package io.genapi.schemas.kafka;

import io.genapi.schemas.control.CatalogNotice;
import io.genapi.schemas.control.CatalogNotice.Applied;
import io.genapi.schemas.control.CatalogNotice.ReadNow;
import io.genapi.schemas.control.CatalogNotice.Refused;
import io.genapi.schemas.control.CatalogNotice.Unchanged;
import io.genapi.schemas.control.CatalogNotice.Word;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Notices of the catalog as records of {@code genapi.control}, keyed by instance so that the last of each is kept. */
public final class CatalogNoticeRecords {

    private static final String READ_NOW = "read-now";
    private static final String APPLIED = "applied";
    private static final String UNCHANGED = "unchanged";
    private static final String REFUSED = "refused";

    private CatalogNoticeRecords() {}

    /** The value of such a record. */
    private record Value(
            String question,
            String instance,
            String at,
            String said,
            List<String> changes,
            @Nullable String reason) {
        Value {
            Objects.requireNonNull(question, "question");
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(said, "said");
            changes = List.copyOf(changes);
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(CatalogNotice notice, String topic, String source) {
        Value value = value(notice);
        HeaderWriter headers = new HeaderWriter(
                EventTypes.CATALOG_NOTICE,
                source,
                "%s/%s/%s".formatted(notice.question(), notice.instance(), value.said()),
                notice.at());
        return new ProducerRecord<>(
                topic,
                null,
                ("catalog/" + notice.instance()).getBytes(StandardCharsets.UTF_8),
                WireJson.MAPPER.writeValueAsBytes(value),
                headers.headers());
    }

    private static Value value(CatalogNotice notice) {
        return switch (notice.word()) {
            case ReadNow() -> value(notice, READ_NOW, List.of(), null);
            case Applied(var changes) -> value(notice, APPLIED, changes, null);
            case Unchanged() -> value(notice, UNCHANGED, List.of(), null);
            case Refused(var reason) -> value(notice, REFUSED, List.of(), reason);
        };
    }

    private static Value value(CatalogNotice notice, String said, List<String> changes, @Nullable String reason) {
        return new Value(notice.question(), notice.instance(), notice.at().toString(), said, changes, reason);
    }

    /** The notice that a record is; empty where it is none that this version knows. */
    public static Optional<CatalogNotice> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.CATALOG_NOTICE::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return Optional.of(
                    new CatalogNotice(value.question(), value.instance(), Instant.parse(value.at()), word(value)));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Word word(Value value) {
        return switch (value.said()) {
            case READ_NOW -> new ReadNow();
            case APPLIED -> new Applied(value.changes());
            case UNCHANGED -> new Unchanged();
            case REFUSED -> {
                String reason = value.reason();
                if (reason == null) {
                    throw new IllegalArgumentException("reason is missing");
                }
                yield new Refused(reason);
            }
            default -> throw new IllegalArgumentException("said: '" + value.said() + "' is unknown");
        };
    }
}
