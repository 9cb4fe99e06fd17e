package io.genapi.store.topology;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.store.job.JobFact;
import io.genapi.store.job.JobState;
import io.genapi.store.tenant.DayTokens;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How ids, states and request summaries are kept in RocksDB, the changelog and the repartition topic. */
public final class JobSerdes {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What a former version did not know yet is false or 0.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addMixIn(JobId.class, Text.class)
            .addMixIn(TenantId.class, Text.class)
            .addMixIn(RequestId.class, Text.class)
            .addMixIn(VendorName.class, Text.class)
            .addMixIn(VendorRequestId.class, Text.class)
            .addMixIn(ModelName.class, Text.class)
            .addMixIn(BodyDigest.class, Hex.class)
            .addMixIn(CorrelationId.class, Bytes.class)
            .build();

    private JobSerdes() {}

    /** Wrapped texts are written as texts. */
    @SuppressWarnings("UnusedVariable") // Jackson reads the signatures, nobody calls them.
    private abstract static class Text {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Text(String value) {}

        @JsonValue
        abstract String value();
    }

    /** Of a digest only the digits are written. */
    @SuppressWarnings("UnusedVariable") // Jackson reads the signatures, nobody calls them.
    private abstract static class Hex {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Hex(String hex) {}

        @JsonValue
        abstract String hex();
    }

    /** A correlation id need not be text, so it is written in base64. */
    @SuppressWarnings("UnusedMethod") // Jackson reads the signatures, nobody calls them.
    private abstract static class Bytes {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static CorrelationId of(byte[] bytes) {
            return CorrelationId.of(bytes);
        }

        @JsonValue
        abstract byte[] bytes();
    }

    /** In ASCII, so that keys sort by time. */
    public static Serde<JobId> jobId() {
        return Serdes.serdeFrom(
                (_, id) -> id == null ? null : id.bytes(),
                (_, bytes) -> bytes == null ? null : new JobId(new String(bytes, StandardCharsets.US_ASCII)));
    }

    public static Serde<JobState> jobState() {
        return Serdes.serdeFrom((_, state) -> write(state), (_, bytes) -> read(bytes, JobState.class));
    }

    static Serde<TenantId> tenantId() {
        return Serdes.serdeFrom(
                (_, tenant) -> tenant == null ? null : tenant.value().getBytes(StandardCharsets.UTF_8),
                (_, bytes) -> bytes == null ? null : new TenantId(new String(bytes, StandardCharsets.UTF_8)));
    }

    static Serde<DayTokens> dayTokens() {
        return Serdes.serdeFrom((_, tokens) -> write(tokens), (_, bytes) -> read(bytes, DayTokens.class));
    }

    static Serde<JobFact.Requested> requested() {
        return Serdes.serdeFrom((_, fact) -> write(fact), (_, bytes) -> read(bytes, JobFact.Requested.class));
    }

    // Kafka's serialisers are to pass null on: it is a tombstone.
    private static byte @Nullable [] write(@Nullable Object value) {
        return value == null ? null : JSON.writeValueAsBytes(value);
    }

    private static <T> @Nullable T read(byte @Nullable [] bytes, Class<T> type) {
        return bytes == null ? null : JSON.readValue(bytes, type);
    }
}
