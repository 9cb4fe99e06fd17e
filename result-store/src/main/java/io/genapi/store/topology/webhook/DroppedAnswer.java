package io.genapi.store.topology.webhook;

import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.HeaderNames;
import io.genapi.store.topology.EmptiedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** What stays of a result's body: events carry no answers, and the topology does not carry them either. */
public final class DroppedAnswer {
    /** Never on a record in Kafka, or not to be trusted there. */
    private static final String FINISH_REASON = "genapi-store-finish-reason";

    private DroppedAnswer() {}

    /** The record with an empty value and, of a response, why its answer ends where it does. */
    public static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> reason = finishReasonOf(record);
        record.headers().remove(FINISH_REASON);
        reason.ifPresent(text -> record.headers().add(FINISH_REASON, text.getBytes(StandardCharsets.UTF_8)));
        return EmptiedRecord.of(record);
    }

    /** Of the answer that the record has, or had; empty but for responses that succeeded. */
    static Optional<String> finishReasonOf(ConsumerRecord<byte[], byte[]> record) {
        if (record.value().length == 0) {
            return text(record.headers(), FINISH_REASON);
        }
        boolean isAnswered = text(record.headers(), HeaderNames.API)
                        .filter(JobApi.RESPONSES.wireName()::equals)
                        .isPresent()
                && text(record.headers(), HeaderNames.STATUS)
                        .filter(JobStatus.SUCCEEDED.wireName()::equals)
                        .isPresent();
        return isAnswered ? FinishReason.in(record.value()) : Optional.empty();
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
