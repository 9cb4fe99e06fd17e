package io.genapi.gateway.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.control.Heartbeat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenersTest {

    private static final String HERE = "1".repeat(32);
    private static final String ELSEWHERE = "2".repeat(32);

    private static boolean areThere(Heartbeat... workers) {
        return new Openers(() -> Optional.of(HERE), () -> "", () -> List.of(workers)).areThere();
    }

    @Test
    void areThereWhereEveryWorkerReadsThePlace() {
        assertEquals(true, areThere(WorkerBeats.reading(HERE)));
        assertEquals(true, areThere(WorkerBeats.reading(HERE), WorkerBeats.reading(ELSEWHERE, HERE)));
    }

    @Test
    void areNotWhereOneReadsAnotherOrNone() {
        assertEquals(false, areThere(WorkerBeats.reading(HERE), WorkerBeats.reading(ELSEWHERE)));
        assertEquals(false, areThere(WorkerBeats.reading(HERE), WorkerBeats.reading()));
    }

    @Test
    void areNotWhereNoWorkerLives() {
        assertEquals(false, areThere());
    }

    @Test
    void areNotWhereThePlaceDoesNotAnswerTheGateway() {
        Openers openers =
                new Openers(Optional::empty, () -> "It is not mounted.", () -> List.of(WorkerBeats.reading(HERE)));

        assertEquals(false, openers.areThere());
    }
}
