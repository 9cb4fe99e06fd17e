package io.genapi.store.topology.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.webhook.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final EndpointId ONE = EndpointId.mint(new Random(1));
    private static final EndpointId OTHER = EndpointId.mint(new Random(2));

    private final Alarms alarms = new Alarms();

    @Test
    void anEndpointHasTheTimeThatWasSetLast() {
        alarms.set(ONE, NOW);
        alarms.set(ONE, NOW.plusSeconds(2));
        alarms.set(OTHER, NOW.plusSeconds(3));
        alarms.set(OTHER, NOW.plusSeconds(1));
        assertEquals(List.of(), alarms.due(NOW, 9));
        assertEquals(List.of(OTHER, ONE), alarms.due(NOW.plusSeconds(9), 9));
        assertEquals(List.of(), alarms.due(NOW.plusSeconds(9), 9));
    }

    @Test
    void endpointsOfOneMomentComeBothAndOneByOne() {
        alarms.set(ONE, NOW);
        alarms.set(OTHER, NOW);
        assertEquals(1, alarms.due(NOW, 1).size());
        assertEquals(1, alarms.due(NOW, 1).size());
        assertEquals(List.of(), alarms.due(NOW, 1));
    }

    @Test
    void oneThatIsClearedIsNotDue() {
        alarms.set(ONE, NOW);
        alarms.clear(ONE);
        alarms.clear(OTHER);
        assertEquals(List.of(), alarms.due(NOW, 9));
    }
}
