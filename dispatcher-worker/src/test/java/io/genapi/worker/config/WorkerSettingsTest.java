package io.genapi.worker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.lane.Gate;
import io.genapi.inflight.lane.Lane;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Admissions;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.admission.Admission;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerSettingsTest {

    private static final VendorName NORTH = new VendorName("north");
    private static final VendorName GONE = new VendorName("gone");

    private final Admission admission = Admissions.of(new VirtualTime());

    @Test
    void givesEachLaneItsShareAndParkedJobsWhatIsLeft() {
        List<Lane> lanes = lanes(bound(Map.of("genapi.worker.max-in-flight", "1000")));
        assertEquals(
                List.of("priority", "default", "flex", "parked-gone", "parked-north"),
                lanes.stream().map(Lane::name).toList());
        assertEquals(
                List.of(200, 500, 200, 0, 0), lanes.stream().map(Lane::share).toList());
        assertEquals(
                List.of(false, true, true, true, true),
                lanes.stream().map(Lane::lends).toList());
    }

    @Test
    void servesOnlyTheLanesThatItIsToldTo() {
        List<Lane> lanes =
                lanes(bound(Map.of("genapi.worker.lanes", "flex,priority", "genapi.worker.shares.default", "40")));
        assertEquals(
                List.of("priority", "flex", "parked-gone", "parked-north"),
                lanes.stream().map(Lane::name).toList());
    }

    @Test
    void putsAVendorsParkedJobsBehindItsGateAndThoseOfOneThatIsNoMoreBehindNone() {
        List<Lane> lanes = lanes(bound(Map.of()));
        admission.suspend(Admissions.destination(NORTH.value(), "any"));
        assertEquals(0, lanes.getLast().gate().room());
        assertEquals(Set.of("genapi.parked.north"), lanes.getLast().topics());
        assertEquals(Gate.OPEN.room(), lanes.get(3).gate().room());
    }

    @Test
    void leavesHalfOfAWorkerToOtherJobsWhileBodiesHang() {
        BodySettings bodies = bound(Map.of()).bodies();

        assertEquals(8, bodies.atOnce(192 << 20, 4_000));
        assertEquals(3, bodies.atOnce(72 << 20, 4_000));
        assertEquals(2, bodies.atOnce(192 << 20, 5));
        assertEquals(1, bodies.atOnce(1 << 20, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    shares.priority            | -1   | genapi.worker.shares.priority is -1; set it to a percentage from 0 to 100
                    shares.default             | 60   | genapi.worker.shares are 20 + 60 + 20 = 100 percent; lower them to 95 in all, since parked jobs live on the rest
                    park-after                 | 2h   | genapi.worker.park-after is PT2H; set it to 0s to 1m, such as 2s
                    max-bytes-in-flight        | 1KB  | genapi.worker.max-bytes-in-flight is 1024B; set it to 1MB to 1TB, such as 192MB
                    stream.idle-timeout        | 0s   | genapi.worker.stream.idle-timeout is PT0S; set it to 1s to 1h, such as 60s
                    bodies.patience            | 2m   | genapi.worker.bodies.patience is PT2M; set it to 100ms to 1m, such as 5s
                    bodies.at-once             | 0    | genapi.worker.bodies.at-once is 0; set it to a number from 1 to 1000
                    admission.failure-rate     | 0    | genapi.worker.admission.failure-rate is 0; set it to a number from 1 to 100
                    admission.minimum-calls    | 21   | genapi.worker.admission.minimum-calls is 21; set it to a number from 1 to 20
                    admission.probe-wait       | 0s   | genapi.worker.admission.probe-wait is PT0S; set it to a positive duration such as 5s
                    admission.retry-budget     | 101  | genapi.worker.admission.retry-budget is 101; set it to a percentage from 0 to 100
                    admission.longest-wait     | 10ms | genapi.worker.admission.longest-wait is PT0.01S; set it to at least genapi.worker.admission.first-wait, which is PT1S
                    """)
    void tellsAMistakeWithItsSettingItsValueAndTheRemedy(String setting, String value, String message) {
        Throwable refused =
                assertThrows(RuntimeException.class, () -> bound(Map.of("genapi.worker." + setting, value)));
        while (refused.getCause() != null) {
            refused = refused.getCause();
        }
        assertTrue(Objects.toString(refused.getMessage()).contains(message), refused.getMessage());
    }

    private List<Lane> lanes(WorkerSettings settings) {
        return new IntakeLanes(
                        settings, TopicNames.STANDARD, WorkerSettingsTest::north, admission, _ -> Set.of(NORTH, GONE))
                .all();
    }

    private static VendorCatalog north() {
        return Samples.catalog("""
                vendors:
                  north: { base-url: "https://north.example/v1" }
                models:
                  gpt-4o: [{ vendor: north }]
                """);
    }

    private static WorkerSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("genapi.worker", WorkerSettings.class);
    }
}
