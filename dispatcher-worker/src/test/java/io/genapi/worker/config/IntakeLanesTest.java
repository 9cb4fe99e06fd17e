package io.genapi.worker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.genapi.inflight.lane.Gate;
import io.genapi.inflight.lane.Lane;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Admissions;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.admission.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IntakeLanesTest {

    private final Admission admission = Admissions.of(new VirtualTime());
    private final Set<VendorName> topics = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    private final List<Set<VendorName>> asked = new ArrayList<>();
    private VendorCatalog current = vendors("a");
    private Optional<StartException> kafka = Optional.empty();

    private final IntakeLanes lanes = new IntakeLanes(
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("genapi.worker", WorkerSettings.class),
            TopicNames.STANDARD,
            () -> current,
            admission,
            this::provision);

    private Set<VendorName> provision(Set<VendorName> vendors) {
        kafka.ifPresent(failure -> {
            throw failure;
        });
        asked.add(vendors);
        topics.addAll(vendors);
        return Set.copyOf(topics);
    }

    @Test
    void addsTheLaneOfANewVendorAndKeepsThatOfOneThatIsGone() {
        assertEquals(List.of("parked-a"), parked());
        adopt(vendors("b", "a", "c"));
        assertEquals(List.of("parked-a", "parked-b", "parked-c"), parked());
        adopt(vendors("c"));
        assertEquals(List.of("parked-a", "parked-b", "parked-c"), parked());
        assertEquals(2, asked.size(), "Kafka is asked for nothing where no vendor is new");
    }

    @Test
    void opensTheGateOfAVendorThatIsGoneAndShutsItAgainWhenItIsBack() {
        admission.suspend(Admissions.destination("a", "any"));
        Gate gate = lanes.all().getLast().gate();
        assertEquals(0, gate.room());
        adopt(vendors("b"));
        assertEquals(Gate.OPEN.room(), gate.room());
        adopt(vendors("a", "b"));
        assertEquals(0, gate.room());
    }

    @Test
    void hasNoLaneWithoutItsTopic() {
        kafka = Optional.of(new StartException("no Kafka"));
        assertThrows(StartException.class, () -> lanes.prepare(vendors("a", "b")));
        assertEquals(List.of("parked-a"), parked());
        kafka = Optional.empty();
        adopt(vendors("a", "b"));
        assertEquals(List.of("parked-a", "parked-b"), parked());
    }

    @Test
    void readsTheParkedTopicThatAnotherWorkerMade() {
        topics.add(new VendorName("elsewhere"));
        adopt(vendors("a", "b"));
        assertEquals(List.of("parked-a", "parked-b", "parked-elsewhere"), parked());
    }

    private void adopt(VendorCatalog next) {
        lanes.prepare(next);
        lanes.follow(next);
        current = next;
    }

    private List<String> parked() {
        return lanes.all().stream()
                .map(Lane::name)
                .filter(name -> name.startsWith("parked-"))
                .toList();
    }

    private static VendorCatalog vendors(String... names) {
        StringBuilder yaml = new StringBuilder("vendors:\n");
        for (String name : names) {
            yaml.append("  %s: { base-url: 'https://%s.example' }%n".formatted(name, name));
        }
        return Samples.catalog(yaml.toString());
    }
}
