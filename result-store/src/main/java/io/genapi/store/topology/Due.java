package io.genapi.store.topology;

import io.genapi.schemas.job.JobId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * A job, and when the store ends it if nobody else has. As bytes it sorts by that time, then by id.
 *
 * @param at to the millisecond, not before 1970
 */
record Due(Instant at, JobId id) {
    private static final JobId LOWEST = JobId.firstOf(Instant.EPOCH);

    /** Sorts before everything that is due at that time. */
    static Due first(Instant at) {
        return new Due(at, LOWEST);
    }

    static Serde<Due> serde() {
        return Serdes.serdeFrom((_, due) -> write(due), (_, bytes) -> read(bytes));
    }

    // Kafka's serialisers are to pass null on.
    private static byte @Nullable [] write(@Nullable Due due) {
        if (due == null) {
            return null;
        }
        byte[] id = due.id().bytes();
        return ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(due.at().toEpochMilli())
                .put(id)
                .array();
    }

    private static @Nullable Due read(byte @Nullable [] bytes) {
        return bytes == null
                ? null
                : new Due(
                        Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong()),
                        new JobId(new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.US_ASCII)));
    }
}
