package io.genapi.gateway.stream;

import static io.genapi.gateway.stream.StreamSamples.FIRST;
import static io.genapi.gateway.stream.StreamSamples.SECOND;
import static io.genapi.gateway.stream.StreamSamples.THIRD;
import static io.genapi.gateway.stream.StreamSamples.after;
import static io.genapi.gateway.stream.StreamSamples.failed;
import static io.genapi.gateway.stream.StreamSamples.last;
import static io.genapi.gateway.stream.StreamSamples.piece;
import static io.genapi.gateway.stream.StreamSamples.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamOrderTest {

    private StreamOrder order = new StreamOrder(Optional.empty(), false);

    @Test
    void sendsThePiecesAndFinishesWhenAllAreThereThatTheEndTellsOf() {
        assertEquals("00000001-0", told(order.piece(piece(FIRST, 0))));
        assertEquals("00000001-1", told(order.piece(last(FIRST, 1))));
        assertEquals("Finished", told(order.ended(succeeded(FIRST, 2))));
    }

    @Test
    void waitsForPiecesThatComeAfterTheEnd() {
        assertEquals("00000001-0", told(order.piece(piece(FIRST, 0))));
        assertEquals("", told(order.ended(succeeded(FIRST, 3))));
        assertEquals("00000001-1", told(order.piece(piece(FIRST, 1))));
        assertEquals("00000001-2 Finished", told(order.piece(last(FIRST, 2))));
    }

    @Test
    void waitsForAllPiecesWhereTheEndComesFirst() {
        assertEquals("", told(order.ended(succeeded(SECOND, 1))));
        assertEquals("", told(order.piece(piece(FIRST, 0))), "not of the run that counts");
        assertEquals("00000002-0 Finished", told(order.piece(piece(SECOND, 0))));
    }

    @Test
    void sendsWhatComesTwiceOnce() {
        told(order.piece(piece(FIRST, 0)));
        told(order.piece(piece(FIRST, 1)));
        assertEquals("", told(order.piece(piece(FIRST, 0))));
        assertEquals("", told(order.piece(piece(FIRST, 1))));
        assertEquals("00000001-2", told(order.piece(piece(FIRST, 2))));
    }

    @Test
    void saysThatAPieceLacks() {
        told(order.piece(piece(FIRST, 0)));
        assertEquals("Lacking", told(order.piece(piece(FIRST, 2))));
        assertEquals("00000001-1", told(order.piece(piece(FIRST, 1))));
        assertEquals("00000001-2", told(order.piece(piece(FIRST, 2))));
    }

    @Test
    void anotherRunEndsTheStreamOfWhoHasPiecesOfTheFormer() {
        told(order.piece(piece(FIRST, 0)));
        assertEquals("Interrupted", told(order.piece(piece(SECOND, 0))));
    }

    @Test
    void anotherRunIsSimplyItWhereNothingWasSent() {
        order.giveUp(List.of(FIRST));
        assertEquals("", told(order.piece(piece(FIRST, 0))));
        assertEquals("00000002-0", told(order.piece(piece(SECOND, 0))));
    }

    @Test
    void whoAgreedToItGetsTheNewRunFromItsBeginning() {
        order = new StreamOrder(Optional.empty(), true);
        told(order.piece(piece(FIRST, 0)));
        assertEquals("restart 00000002, 00000002-0", told(order.piece(piece(SECOND, 0))));
        assertEquals("", told(order.piece(piece(FIRST, 1))), "a worker that was believed dead");
        assertEquals("00000002-1", told(order.piece(piece(SECOND, 1))));
        assertEquals("restart 00000003, 00000003-0", told(order.piece(piece(THIRD, 0))));
        assertEquals("Finished", told(order.ended(succeeded(THIRD, 1))));
    }

    @Test
    void theEndSaysWhichRunCounts() {
        order = new StreamOrder(Optional.empty(), true);
        told(order.piece(piece(FIRST, 0)));
        assertEquals("restart 00000002", told(order.ended(succeeded(SECOND, 1))));
        assertEquals("", told(order.piece(piece(FIRST, 1))));
        assertEquals("00000002-0 Finished", told(order.piece(piece(SECOND, 0))));
    }

    @Test
    void anEndOfAnotherRunEndsTheStreamOfWhoHasPiecesOfTheFormer() {
        told(order.piece(piece(FIRST, 0)));
        assertEquals("Interrupted", told(order.ended(succeeded(SECOND, 1))));
    }

    @Test
    void whoHasTheWholeAnswerIsNotInterrupted() {
        told(order.piece(piece(FIRST, 0)));
        told(order.piece(last(FIRST, 1)));
        assertTrue(order.isWhole());
        assertEquals("Finished", told(order.piece(piece(SECOND, 0))));
    }

    @Test
    void failsAfterAllPiecesThatThereWere() {
        told(order.piece(piece(FIRST, 0)));
        assertEquals("", told(order.ended(failed(FIRST, 2))));
        assertEquals("00000001-1 JobFailed", told(order.piece(piece(FIRST, 1))));
    }

    @Test
    void failsAtOnceWhereNoPiecesAreToldOf() {
        assertEquals("JobFailed", told(order.ended(failed())));
        order = new StreamOrder(Optional.empty(), false);
        told(order.piece(piece(FIRST, 0)));
        assertEquals("JobFailed", told(order.ended(failed())), "such as a cancellation by the store");
    }

    @Test
    void failsAtOnceWhereTheLackingPiecesAreOfAnotherRun() {
        told(order.piece(piece(FIRST, 0)));
        assertEquals("JobFailed", told(order.ended(failed(SECOND, 4))));
    }

    @Test
    void aJobThatSucceededInOnePieceWasNotStreamed() {
        assertEquals("NotStreamed", told(order.ended(succeeded())));
        order = new StreamOrder(Optional.empty(), false);
        told(order.piece(piece(FIRST, 0)));
        assertEquals("Interrupted", told(order.ended(succeeded())), "another worker answered without pieces");
    }

    @Test
    void ofSeveralEndsTheFirstCounts() {
        told(order.piece(piece(FIRST, 0)));
        assertEquals("", told(order.ended(succeeded(FIRST, 2))));
        assertEquals("", told(order.ended(failed())));
        assertEquals("00000001-1 Finished", told(order.piece(piece(FIRST, 1))));
    }

    @Test
    void goesOnBehindWhatTheFollowerHas() {
        order = new StreamOrder(after(FIRST, 1), false);
        assertEquals("", told(order.piece(piece(FIRST, 1))));
        assertEquals("00000001-2", told(order.piece(piece(FIRST, 2))));
        assertEquals(after(FIRST, 2), order.position());
        assertFalse(order.isWhole());
    }

    @Test
    void finishesAtOnceForWhoHasAllPieces() {
        order = new StreamOrder(after(FIRST, 2), false);
        assertEquals("Finished", told(order.ended(succeeded(FIRST, 3))));
    }

    @Test
    void tellsWhoComesBackThatItsRunIsOver() {
        order = new StreamOrder(after(FIRST, 2), false);
        order.giveUp(List.of(FIRST));
        assertEquals("Interrupted", told(order.piece(piece(SECOND, 0))));
        order = new StreamOrder(after(FIRST, 2), true);
        assertEquals("restart 00000002, 00000002-0", told(order.piece(piece(SECOND, 0))));
    }

    @Test
    void whoCannotSayOfWhichRunItsPiecesAreGetsNoneWhereThereWasAnother() {
        order = StreamOrder.ofOneRun();
        assertEquals("", told(order.giveUp(List.of())));
        assertEquals("00000001-0", told(order.piece(piece(FIRST, 0))));
        order = StreamOrder.ofOneRun();
        assertEquals("Interrupted", told(order.giveUp(List.of(FIRST))));
    }

    private static String told(List<StreamStep> steps) {
        return steps.stream()
                .map(step -> switch (step) {
                    case StreamStep.Send(StreamPosition position, byte[] _) -> position.toString();
                    case StreamStep.Restart(var run) -> "restart " + run + ",";
                    case StreamStep.Lacking() -> "Lacking";
                    case StreamStep.End(FollowOutcome outcome) ->
                        outcome.getClass().getSimpleName();
                })
                .collect(Collectors.joining(" "))
                .replaceAll(",$", "");
    }
}
