package io.genapi.gateway.health;

import io.genapi.gateway.health.HealthReport.Status;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A health report as {@code GET /health} tells it. */
public record HealthDocument(HealthReport report, Instant timestamp) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The whole document, in UTF-8. */
    public byte[] toJson() {
        return toJson(true);
    }

    /** Only how it is, in UTF-8: nothing of addresses and vendors. */
    public byte[] toBriefJson() {
        return toJson(false);
    }

    private byte[] toJson(boolean whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("status", word(report.status()));
            json.writeStringProperty("timestamp", timestamp.toString());
            json.writeObjectPropertyStart("services");
            json.writeStringProperty("kafka", word(report.kafka()));
            json.writeStringProperty("workers", word(report.workers()));
            json.writeStringProperty("store", word(report.store()));
            json.writeStringProperty("catalog", word(report.catalog()));
            json.writeEndObject();
            if (whole) {
                writeDetails(json, report.situation());
                json.writeObjectPropertyStart("vendors");
                report.vendors().forEach(vendor -> writeVendor(json, vendor));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeDetails(JsonGenerator json, Situation situation) {
        json.writeObjectPropertyStart("details");
        json.writeNumberProperty("gateways", situation.gateways().size());
        json.writeNumberProperty("workers", situation.workers().size());
        json.writeNumberProperty("stores", situation.stores().size());
        json.writeNumberProperty("owned_partitions", situation.ownedPartitions());
        json.writeNumberProperty("waiting_calls", situation.waitingCalls());
        json.writeArrayPropertyStart("instances");
        situation.instances().forEach(instance -> writeInstance(json, instance));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeInstance(JsonGenerator json, Heartbeat instance) {
        json.writeStartObject();
        json.writeStringProperty("service", word(instance.service()));
        json.writeStringProperty("instance", instance.instance());
        json.writeStringProperty("address", instance.address().toString());
        json.writeStringProperty("started_at", instance.startedAt().toString());
        instance.catalogProblem().ifPresent(problem -> json.writeStringProperty("catalog_problem", problem));
        json.writeEndObject();
    }

    private static void writeVendor(JsonGenerator json, VendorHealth vendor) {
        json.writeObjectPropertyStart(vendor.vendor().value());
        json.writeStringProperty("status", word(vendor.status()));
        json.writeName("response_time_ms");
        vendor.responseTime().map(Duration::toMillis).ifPresentOrElse(json::writeNumber, json::writeNull);
        json.writeName("last_check");
        vendor.lastCheck().map(Instant::toString).ifPresentOrElse(json::writeString, json::writeNull);
        json.writeNumberProperty("error_rate", vendor.errorRate());
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** 200 while jobs are taken, else 503. */
    public int httpStatus() {
        return report.status() == Status.UNHEALTHY ? 503 : 200;
    }
}
