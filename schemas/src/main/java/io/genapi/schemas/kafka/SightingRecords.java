package io.genapi.schemas.kafka;

import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.control.Sighting.Down;
import io.genapi.schemas.control.Sighting.Fails;
import io.genapi.schemas.control.Sighting.Finding;
import io.genapi.schemas.control.Sighting.Rests;
import io.genapi.schemas.control.Sighting.Up;
import io.genapi.schemas.job.VendorName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Sightings as records of {@code genapi.control}, keyed by worker, vendor, key and model (none for a rest) so that the
 * last of each is kept.
 */
public final class SightingRecords {

    private static final String FAILS = "fails";
    private static final String DOWN = "down";
    private static final String UP = "up";
    private static final String RESTS = "rests";

    private SightingRecords() {}

    /** The value of such a record. */
    private record Value(
            String worker,
            String at,
            String vendor,
            String key,
            String found,
            @Nullable String model,
            @Nullable String since,
            @Nullable String until,
            @Nullable Integer failures) {
        Value {
            Objects.requireNonNull(worker, "worker");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(vendor, "vendor");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(found, "found");
        }
    }

    /** @param source the writer, as CloudEvents' {@code source} */
    public static ProducerRecord<byte[], byte[]> write(Sighting sighting, String topic, String source) {
        Value value = value(sighting);
        String place = "%s/%s/%s".formatted(sighting.worker(), sighting.vendor(), sighting.key());
        String key = value.model() == null ? place : place + "/" + value.model();
        HeaderWriter headers = new HeaderWriter(
                EventTypes.SIGHTING, source, key + "/" + sighting.at().toEpochMilli(), sighting.at());
        return new ProducerRecord<>(
                topic,
                null,
                ("sighting/" + key).getBytes(StandardCharsets.UTF_8),
                WireJson.MAPPER.writeValueAsBytes(value),
                headers.headers());
    }

    private static Value value(Sighting sighting) {
        return switch (sighting.finding()) {
            case Fails(var model, var since, var failures) ->
                value(sighting, FAILS, model, since.toString(), null, failures);
            case Down(var model, var since, var nextTry) ->
                value(sighting, DOWN, model, since.toString(), nextTry.toString(), null);
            case Up(var model) -> value(sighting, UP, model, null, null, null);
            case Rests(var until) -> value(sighting, RESTS, null, null, until.toString(), null);
        };
    }

    private static Value value(
            Sighting sighting,
            String found,
            @Nullable String model,
            @Nullable String since,
            @Nullable String until,
            @Nullable Integer failures) {
        return new Value(
                sighting.worker(),
                sighting.at().toString(),
                sighting.vendor().value(),
                sighting.key(),
                found,
                model,
                since,
                until,
                failures);
    }

    /** The sighting that a record is; empty where it is none that this version knows. */
    public static Optional<Sighting> read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] body = record.value();
        Optional<String> type = new HeaderReader(record.headers()).text(HeaderNames.CE_TYPE);
        if (body == null || type.filter(EventTypes.SIGHTING::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Value value = WireJson.read(body, Value.class);
            return Optional.of(new Sighting(
                    value.worker(),
                    Instant.parse(value.at()),
                    new VendorName(value.vendor()),
                    value.key(),
                    finding(value)));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Finding finding(Value value) {
        return switch (value.found()) {
            case FAILS ->
                new Fails(
                        required("model", value.model()),
                        Instant.parse(required("since", value.since())),
                        required("failures", value.failures()));
            case DOWN ->
                new Down(
                        required("model", value.model()),
                        Instant.parse(required("since", value.since())),
                        Instant.parse(required("until", value.until())));
            case UP -> new Up(required("model", value.model()));
            case RESTS -> new Rests(Instant.parse(required("until", value.until())));
            default -> throw new IllegalArgumentException("found: '" + value.found() + "' is unknown");
        };
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }
}
