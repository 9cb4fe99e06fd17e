package io.genapi.store.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record without its value. */
public final class EmptiedRecord {
    private static final byte[] NOTHING = new byte[0];

    private EmptiedRecord() {}

    /** All else is the record's own, its headers too. */
    public static ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                NOTHING.length,
                record.key(),
                NOTHING,
                record.headers(),
                record.leaderEpoch());
    }
}
