package io.genapi.schemas.kafka;

import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Heartbeats as records of {@code genapi.control}, keyed by service and instance so that the last of each is kept. */
public final class HeartbeatRecords {

    private HeartbeatRecords() {}

    /** The value of such a record. */
    private record Value(
            String service,
            String instance,
            String address,
            String startedAt,
            String at,
            long intervalMs,
            boolean stopping,
            List<Vendor> vendors,
            @Nullable String catalogProblem,
            @Nullable List<String> places) {
        Value {
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(startedAt, "started_at");
            Objects.requireNonNull(at, "at");
            vendors = List.copyOf(vendors);
            places = places == null ? List.of() : List.copyOf(places);
        }
    }

    private record Vendor(
            String name,
            String status,
            @Nullable Long responseTimeMs,
            @Nullable String lastCheck,
            double errorRate) {
        Vendor {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(status, "status");
        }
    }

    public static ProducerRecord<byte[], byte[]> write(Heartbeat heartbeat, String topic) {
        String service = wireName(heartbeat.service());
        String source = "/genapi/" + service + "/" + heartbeat.instance();
        HeaderWriter headers = new HeaderWriter(
                EventTypes.HEARTBEAT,
                source,
                heartbeat.instance() + "/" + heartbeat.at().toEpochMilli(),
                heartbeat.at());
        Value value = new Value(
                service,
                heartbeat.instance(),
                heartbeat.address().toString(),
                heartbeat.startedAt().toString(),
                heartbeat.at().toString(),
                heartbeat.interval().toMillis(),
                heartbeat.stopping(),
                heartbeat.vendors().stream().map(HeartbeatRecords::write).toList(),
                heartbeat.catalogProblem().orElse(null),
                heartbeat.places().stream().sorted().toList());
        return new ProducerRecord<>(
                topic,
                null,
                (service + "/" + heartbeat.instance()).getBytes(StandardCharsets.UTF_8),
                WireJson.MAPPER.writeValueAsBytes(value),
                headers.headers());
    }

    /** The heartbeat that a record is; empty where it is none that this version knows. */
    public static Optional<Heartbeat> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.HEARTBEAT::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return Optional.of(new Heartbeat(
                    Heartbeat.Service.valueOf(value.service().toUpperCase(Locale.ROOT)),
                    value.instance(),
                    URI.create(value.address()),
                    Instant.parse(value.startedAt()),
                    Instant.parse(value.at()),
                    Duration.ofMillis(value.intervalMs()),
                    value.stopping(),
                    value.vendors().stream().map(HeartbeatRecords::read).toList(),
                    Optional.ofNullable(value.catalogProblem()),
                    Set.copyOf(Objects.requireNonNullElse(value.places(), List.of()))));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Vendor write(VendorHealth health) {
        return new Vendor(
                health.vendor().value(),
                wireName(health.status()),
                health.responseTime().map(Duration::toMillis).orElse(null),
                health.lastCheck().map(Instant::toString).orElse(null),
                health.errorRate());
    }

    private static VendorHealth read(Vendor vendor) {
        return new VendorHealth(
                new VendorName(vendor.name()),
                VendorHealth.Status.valueOf(vendor.status().toUpperCase(Locale.ROOT)),
                Optional.ofNullable(vendor.responseTimeMs()).map(Duration::ofMillis),
                Optional.ofNullable(vendor.lastCheck()).map(Instant::parse),
                vendor.errorRate());
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
