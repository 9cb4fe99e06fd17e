package io.genapi.gateway.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.health.HealthReport.Status;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.VendorName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthPolicyTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Heartbeat STORE = beat(Heartbeat.Service.STORE);

    @Test
    void isHealthyWhereEverythingLives() {
        assertEquals(Status.HEALTHY, judge(true, 1, List.of(worker(VendorHealth.Status.HEALTHY, 0)), List.of(STORE)));
    }

    @Test
    void isDegradedWithoutWorkerOrStoreOrAVendor() {
        Heartbeat fine = worker(VendorHealth.Status.UNKNOWN, 0);
        assertEquals(Status.DEGRADED, judge(true, 1, List.of(), List.of(STORE)));
        assertEquals(Status.DEGRADED, judge(true, 1, List.of(fine), List.of()));
        assertEquals(
                Status.DEGRADED,
                judge(true, 1, List.of(fine, worker(VendorHealth.Status.UNHEALTHY, 1)), List.of(STORE)));
    }

    @Test
    void isUnhealthyWhereNoJobCanBeTaken() {
        Heartbeat fine = worker(VendorHealth.Status.HEALTHY, 0);
        assertEquals(Status.UNHEALTHY, judge(false, 1, List.of(fine), List.of(STORE)));
        assertEquals(Status.UNHEALTHY, judge(true, 0, List.of(fine), List.of(STORE)));
    }

    @Test
    void mergesWhatWorkersSayOfAVendor() {
        HealthReport report = HealthPolicy.judge(new Situation(
                true,
                1,
                0,
                List.of(),
                List.of(
                        worker(VendorHealth.Status.HEALTHY, 0),
                        worker(VendorHealth.Status.DEGRADED, 0.5),
                        worker(VendorHealth.Status.UNKNOWN, 0)),
                List.of(STORE)));

        VendorHealth vendor = report.vendors().getFirst();
        assertEquals(VendorHealth.Status.DEGRADED, vendor.status());
        assertEquals(0.25, vendor.errorRate());
        assertEquals(Optional.of(Duration.ofMillis(100)), vendor.responseTime());
        String json = new String(new HealthDocument(report, NOW).toJson(), StandardCharsets.UTF_8);
        assertTrue(
                json.contains(
                        "\"vendors\":{\"openai\":{\"status\":\"degraded\",\"response_time_ms\":100,\"last_check\":\"2026-01-31T12:00:00Z\",\"error_rate\":0.25}}"),
                json);
    }

    @Test
    void degradedWhereAProcessCannotFollowTheCatalogAndSaysWhy() {
        Heartbeat behind = beat(Heartbeat.Service.WORKER, Optional.of("models.x is empty"));
        HealthReport report = HealthPolicy.judge(new Situation(
                true,
                1,
                0,
                List.of(beat(Heartbeat.Service.GATEWAY)),
                List.of(behind),
                List.of(beat(Heartbeat.Service.STORE))));
        assertEquals(Status.DEGRADED, report.status());
        assertEquals(Status.DEGRADED, report.catalog());
        String json = new String(new HealthDocument(report, NOW).toJson(), StandardCharsets.UTF_8);
        assertTrue(json.contains("\"catalog\":\"degraded\""), json);
        assertTrue(json.contains("\"catalog_problem\":\"models.x is empty\""), json);
        assertEquals(200, new HealthDocument(report, NOW).httpStatus());
    }

    private static Status judge(boolean kafka, int owned, List<Heartbeat> workers, List<Heartbeat> stores) {
        return HealthPolicy.judge(new Situation(kafka, owned, 0, List.of(), workers, stores))
                .status();
    }

    private static Heartbeat beat(Heartbeat.Service service, VendorHealth... vendors) {
        return beat(service, Optional.empty(), vendors);
    }

    private static Heartbeat beat(Heartbeat.Service service, Optional<String> catalogProblem, VendorHealth... vendors) {
        return new Heartbeat(
                service,
                "one",
                URI.create("http://127.0.0.1:1"),
                NOW,
                NOW,
                Duration.ofSeconds(2),
                false,
                List.of(vendors),
                catalogProblem);
    }

    private static Heartbeat worker(VendorHealth.Status status, double errorRate) {
        Optional<Duration> time =
                status == VendorHealth.Status.UNKNOWN ? Optional.empty() : Optional.of(Duration.ofMillis(100));
        return beat(
                Heartbeat.Service.WORKER,
                new VendorHealth(new VendorName("openai"), status, time, time.map(_ -> NOW), errorRate));
    }
}
