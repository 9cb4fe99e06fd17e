package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.*;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Pieces of streamed answers as records of {@code genapi.deltas}. */
public final class DeltaRecords {

    private DeltaRecords() {}

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(JobDelta delta, String topic, String source) {
        String id = delta.id() + "/" + delta.run() + "/" + delta.seq();
        HeaderWriter headers = new HeaderWriter(EventTypes.JOB_DELTA, source, id, delta.at())
                .correlation(delta.correlation())
                .text(REQUEST_ID, delta.requestId())
                .text(TENANT, delta.tenant())
                .text(RUN, delta.run())
                .text(SEQ, delta.seq());
        if (delta.last()) {
            headers.text(LAST, "true");
        }
        return new ProducerRecord<>(topic, null, delta.id().bytes(), delta.body(), headers.headers());
    }

    /** The piece that a record is; empty where it is none that this version knows. */
    public static Optional<JobDelta> read(ConsumerRecord<byte[], byte[]> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        Optional<JobId> id = RequestRecords.keyAsId(record.key());
        byte @Nullable [] body = record.value();
        boolean known =
                headers.text(CE_TYPE).filter(EventTypes.JOB_DELTA::equals).isPresent();
        if (!known || id.isEmpty() || body == null) {
            return Optional.empty();
        }
        try {
            return headers.text(RUN)
                    .map(RunId::new)
                    .flatMap(run -> headers.count(SEQ).map(seq -> delta(id.get(), run, seq, record, headers, body)));
        } catch (IllegalArgumentException | InvalidHeaderException invalid) {
            return Optional.empty();
        }
    }

    private static JobDelta delta(
            JobId id, RunId run, long seq, ConsumerRecord<?, ?> record, HeaderReader headers, byte[] body) {
        return new JobDelta(
                id,
                headers.text(TENANT).map(TenantId::new).orElse(TenantId.DEFAULT),
                headers.correlation().orElseGet(() -> Correlation.of(CorrelationId.of(id.value()))),
                new RequestId(headers.text(REQUEST_ID).orElse(id.value())),
                run,
                seq,
                headers.text(LAST).filter("true"::equals).isPresent(),
                headers.instant(CE_TIME).orElseGet(() -> Instant.ofEpochMilli(record.timestamp())),
                body);
    }
}
