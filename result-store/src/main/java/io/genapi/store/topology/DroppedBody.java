package io.genapi.store.topology;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.kafka.RequestRecords;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What stays of a request's body: the store keeps no bodies, and does not even carry them through the topology. */
public final class DroppedBody {
    /** Never on a record in Kafka, or not to be trusted there. */
    private static final String DIGEST = "genapi-store-body-sha256";

    private DroppedBody() {}

    /** The record with an empty value, and the digest of the one that it had. */
    public static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record) {
        record.headers()
                .remove(DIGEST)
                .add(DIGEST, RequestRecords.digestOf(record).hex().getBytes(StandardCharsets.US_ASCII));
        return EmptiedRecord.of(record);
    }

    /** Of the body that the record has, or had. */
    static BodyDigest digestOf(ConsumerRecord<byte[], byte[]> record) {
        Header digest = record.headers().lastHeader(DIGEST);
        return digest == null || record.value().length > 0
                ? RequestRecords.digestOf(record)
                : new BodyDigest(new String(digest.value(), StandardCharsets.US_ASCII));
    }
}
