package io.genapi.gateway.stream;

import static io.genapi.gateway.stream.StreamSamples.FIRST;
import static io.genapi.gateway.stream.StreamSamples.SECOND;
import static io.genapi.gateway.stream.StreamSamples.after;
import static io.genapi.gateway.stream.StreamSamples.failed;
import static io.genapi.gateway.stream.StreamSamples.piece;
import static io.genapi.gateway.stream.StreamSamples.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunSurveyTest {

    private RunSurvey survey = new RunSurvey(Optional.empty());

    @Test
    void findsNothingWhereNothingIs() {
        assertEquals(Optional.empty(), survey.start());
        assertEquals(Set.of(), survey.over());
    }

    @Test
    void theRunThatBeganLastCounts() {
        twoRuns();
        assertEquals(Optional.of(12L), survey.start());
        assertEquals(Set.of(FIRST), survey.over());
    }

    @Test
    void theRunThatTheEndTellsOfCounts() {
        twoRuns();
        survey.ended(succeeded(FIRST, 3));
        survey.ended(failed(SECOND, 1));
        assertEquals(Optional.of(10L), survey.start());
        assertEquals(Set.of(SECOND), survey.over());
    }

    @Test
    void readsOnFromTheLastPieceThatTheFollowerHas() {
        survey = new RunSurvey(after(SECOND, 1));
        twoRuns();
        survey.piece(piece(SECOND, 1), 20);
        survey.piece(piece(SECOND, 2), 21);
        assertEquals(Optional.of(20L), survey.start());
    }

    @Test
    void readsARunFromItsBeginningForWhoHasPiecesOfAnother() {
        survey = new RunSurvey(after(FIRST, 7));
        twoRuns();
        assertEquals(Optional.of(12L), survey.start());
        assertEquals(Set.of(FIRST), survey.over());
    }

    private void twoRuns() {
        survey.piece(piece(FIRST, 0), 10);
        survey.piece(piece(FIRST, 1), 11);
        survey.piece(piece(SECOND, 0), 12);
        survey.piece(piece(FIRST, 2), 13);
    }
}
