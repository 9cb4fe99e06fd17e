package io.genapi.worker.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.worker.admission.SimulatedFleet.Worker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What workers make of each other's word, and what it spares a vendor and its callers. */
class ColleaguesTest {

    private static final Duration A_WHILE = Duration.ofSeconds(20);

    /** Calls that many workers make in vain, with and without each other's word. */
    @ParameterizedTest
    @CsvSource({"100", "1000", "4000"})
    void aHundredWorkersDoNotEachHaveToFailFirst(int everyMillis) {
        int alone = failuresOfAMinute(new SimulatedFleet(100, everyMillis, false));
        int together = failuresOfAMinute(new SimulatedFleet(100, everyMillis, true));
        assertTrue(together * 4 <= alone, together + " together, " + alone + " alone");
    }

    private static int failuresOfAMinute(SimulatedFleet fleet) {
        fleet.run(A_WHILE);
        assertEquals(0, fleet.failed() + fleet.turnedAway());
        fleet.vendorIsThere(false);
        fleet.run(Duration.ofMinutes(1));
        return fleet.failed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void allCallAgainSoonAfterOneFoundThatItWorks(int workers) {
        SimulatedFleet fleet = new SimulatedFleet(workers, 200, true);
        fleet.run(A_WHILE);
        fleet.vendorIsThere(false);
        fleet.run(Duration.ofMinutes(1));
        fleet.vendorIsThere(true);
        fleet.run(Duration.ofSeconds(5));
        fleet.countAnew();
        fleet.run(Duration.ofSeconds(1));
        assertEquals(0, fleet.turnedAway());
        fleet.workers().forEach(worker -> assertEquals(5, worker.served));
    }

    @ParameterizedTest
    @CsvSource({"2, 100", "2, 2000", "3, 2000", "10, 20000", "100, 20000"})
    void oneWhoseNetworkIsBrokenShutsTheVendorForNobodyElse(int workers, int everyMillis) {
        SimulatedFleet fleet = new SimulatedFleet(workers, everyMillis, true);
        Worker mad = fleet.workers().getFirst();
        fleet.run(A_WHILE);
        mad.cutOff();
        fleet.run(Duration.ofMinutes(10));
        assertTrue(mad.failed > 10);
        fleet.workers().stream().skip(1).forEach(worker -> {
            assertEquals(0, worker.failed);
            assertTrue(worker.turnedAway <= 1, "turned away " + worker.turnedAway);
        });
    }

    @Test
    void oneWhoseNetworkIsBrokenDoesNotHoldTheOthersOffFromAVendorThatHasRecovered() {
        SimulatedFleet fleet = new SimulatedFleet(3, 100, true);
        fleet.workers().getFirst().cutOff();
        fleet.run(A_WHILE);
        fleet.vendorIsThere(false);
        fleet.run(Duration.ofMinutes(1));
        fleet.vendorIsThere(true);
        fleet.run(Duration.ofSeconds(15));
        fleet.countAnew();
        fleet.run(Duration.ofMinutes(1));
        fleet.workers().stream().skip(1).forEach(worker -> {
            assertEquals(0, worker.turnedAway);
            assertTrue(worker.served >= 599);
        });
    }
}
