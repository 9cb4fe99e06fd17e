package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.*;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.schemas.text.SentText;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** News of jobs on their way as records of {@code genapi.events}. */
public final class EventRecords {

    private EventRecords() {}

    /** The value of such a record. */
    private record Value(
            String event,
            int attempt,
            @Nullable String vendor,

            @Nullable @JsonInclude(JsonInclude.Include.NON_NULL)
            String vendorRequestId,

            @Nullable Integer httpStatus,
            @Nullable String reason,

            @Nullable @JsonInclude(JsonInclude.Include.NON_NULL)
            Integer parkNumber) {
        Value {
            Objects.requireNonNull(event, "event");
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(JobEvent event, String topic, String source) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT);
        String eventId = event.id() + "/" + kind + "/" + event.parkNumber().orElse(event.attempt());
        HeaderWriter headers = new HeaderWriter(EventTypes.JOB_EVENT, source, eventId, event.at())
                .correlation(event.correlation())
                .text(REQUEST_ID, event.requestId())
                .text(TENANT, event.tenant());
        Value value = new Value(
                kind,
                event.attempt(),
                event.vendor().map(VendorName::value).orElse(null),
                event.vendorRequestId().map(VendorRequestId::value).orElse(null),
                event.httpStatus().orElse(null),
                event.reason().map(SentText::wellFormed).orElse(null),
                event.parkNumber().orElse(null));
        return new ProducerRecord<>(
                topic, null, event.id().bytes(), WireJson.MAPPER.writeValueAsBytes(value), headers.headers());
    }

    /** The news that a record is; empty where it is none that this version knows. */
    public static Optional<JobEvent> read(ConsumerRecord<byte[], byte[]> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        Optional<JobId> id = RequestRecords.keyAsId(record.key());
        byte @Nullable [] body = record.value();
        boolean known =
                headers.text(CE_TYPE).filter(EventTypes.JOB_EVENT::equals).isPresent();
        if (!known || id.isEmpty() || body == null) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return Optional.of(new JobEvent(
                    id.get(),
                    JobEvent.Kind.valueOf(value.event().toUpperCase(Locale.ROOT)),
                    headers.text(TENANT).map(TenantId::new).orElse(TenantId.DEFAULT),
                    headers.correlation()
                            .orElseGet(() ->
                                    Correlation.of(CorrelationId.of(id.get().value()))),
                    new RequestId(headers.text(REQUEST_ID).orElse(id.get().value())),
                    headers.instant(CE_TIME).orElseGet(() -> Instant.ofEpochMilli(record.timestamp())),
                    value.attempt(),
                    Optional.ofNullable(value.vendor()).map(VendorName::new),
                    Optional.ofNullable(value.vendorRequestId()).flatMap(VendorRequestId::in),
                    Optional.ofNullable(value.httpStatus()),
                    Optional.ofNullable(value.reason()),
                    Optional.ofNullable(value.parkNumber())));
        } catch (JacksonException | InvalidHeaderException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
