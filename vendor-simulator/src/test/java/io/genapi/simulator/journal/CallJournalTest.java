package io.genapi.simulator.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.exchange.VendorRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallJournalTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final CallJournal journal = new CallJournal(2, InstantSource.fixed(NOW));

    private OpenCall open(String authorization) {
        return journal.open(new VendorRequest(
                "POST",
                "/v1/chat/completions",
                Map.of(),
                Map.of("authorization", authorization, "x-correlation-id", "c-1", "traceparent", "00-a-b-01"),
                "abc".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void recordsACallFromItsArrivalToItsEnd() {
        OpenCall call = open("Bearer sk-secret");
        call.understood("gpt-4o", "hello");
        assertEquals(Optional.empty(), journal.calls().getFirst().ended());
        call.answered(200);

        RecordedCall recorded = journal.calls().getFirst();
        assertEquals(Optional.of(NOW), recorded.ended());
        assertEquals(OptionalInt.of(200), recorded.status());
        assertEquals("hello", recorded.lastUserText());
        assertEquals(Optional.of("c-1"), recorded.correlationId());
        assertEquals(Optional.of("00-a-b-01"), recorded.traceparent());
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", recorded.bodySha256());
    }

    @Test
    void masksCredentialsButTellsThemApart() {
        open("Bearer sk-one");
        open("Bearer sk-two");
        open("Bearer sk-one");
        List<String> shown = journal.calls().stream()
                .map(call -> call.header("authorization").orElseThrow())
                .toList();
        assertFalse(shown.toString().contains("sk-"));
        assertEquals(shown.get(0), shown.get(2));
        assertNotEquals(shown.get(0), shown.get(1));
    }

    @Test
    void forgetsTheOldestCallsButNotTheirCount() {
        for (int count = 0; count < 5; count++) {
            open("x").answered(200);
        }
        assertEquals(
                List.of(4L, 5L),
                journal.calls().stream().map(RecordedCall::number).toList());
        assertEquals(5, journal.statistics().withStatus(200));
    }

    @Test
    void countsAnEndOnceWhoeverReportsIt() {
        OpenCall call = open("x");
        call.answered(200);
        call.aborted(OptionalInt.empty());
        call.notTaken();
        call.notTaken();
        assertEquals(new CallStatistics(1, 0, 1, Map.of(200, 1L), 0, 1, 0, 0), journal.statistics());
        assertTrue(journal.calls().getFirst().abortedByClient());
    }

    @Test
    void keepsWhatIsInFlightWhenCleared() {
        OpenCall inFlight = open("x");
        open("x").answered(200);
        journal.clear();
        assertEquals(new CallStatistics(1, 1, 1, Map.of(), 0, 0, 0, 0), journal.statistics());
        inFlight.aborted(OptionalInt.empty());
        assertEquals(new CallStatistics(1, 0, 1, Map.of(), 1, 1, 0, 0), journal.statistics());
    }
}
