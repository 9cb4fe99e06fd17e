package io.genapi.inflight.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OffsetWindowTest {

    private static final OptionalInt NO_EPOCH = OptionalInt.empty();
    private static final Instant LEASE_END = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void commitsTheLowestUnfinishedOffsetAndNamesTheFinishedOnesAbove() {
        OffsetWindow window = running(10, 11, 12, 13);
        window.finished(11);
        window.finished(13);
        assertEquals(10, window.progress().offset());
        assertEquals(
                List.of(new OffsetRange(11, 12), new OffsetRange(13, 14)),
                window.progress().finished());
        window.finished(10);
        assertEquals(12, window.progress().offset());
    }

    @Test
    void countsOffsetsThatDoNotExistAsFinished() {
        OffsetWindow window = running(10, 15, 20);
        window.finished(15);
        assertEquals(List.of(new OffsetRange(11, 20)), window.progress().finished());
        window.finished(10);
        window.finished(20);
        window.readUpTo(25);
        assertEquals(25, window.progress().offset());
        assertEquals(0, window.span());
    }

    @Test
    void saysNothingOfRecordsThatWaitEvenIfThereAreGapsBetweenThem() {
        OffsetWindow window = running(10);
        window.arrived(20, NO_EPOCH);
        window.arrived(30, NO_EPOCH);
        assertEquals(List.of(), window.progress().finished());
    }

    @Test
    void skipsWhatAFormerOwnerFinished() {
        OffsetWindow window = OffsetWindow.from(progress(5, new OffsetRange(6, 8), new OffsetRange(9, 10)));
        assertEquals(Arrival.FRESH, window.arrived(5, NO_EPOCH));
        assertEquals(Arrival.ALREADY_FINISHED, window.arrived(6, NO_EPOCH));
        assertEquals(Arrival.ALREADY_FINISHED, window.arrived(7, NO_EPOCH));
        assertEquals(Arrival.FRESH, window.arrived(8, NO_EPOCH));
        assertEquals(Arrival.ALREADY_FINISHED, window.arrived(9, NO_EPOCH));
        assertEquals(Arrival.FRESH, window.arrived(10, NO_EPOCH));
    }

    @Test
    void keepsNamingWhatAFormerOwnerFinishedUntilItIsRead() {
        OffsetWindow window = OffsetWindow.from(progress(5, new OffsetRange(6, 8), new OffsetRange(9, 10)));
        assertEquals(
                List.of(new OffsetRange(6, 8), new OffsetRange(9, 10)),
                window.progress().finished());
        window.arrived(5, NO_EPOCH);
        window.started(5);
        window.arrived(6, NO_EPOCH);
        assertEquals(
                List.of(new OffsetRange(6, 8), new OffsetRange(9, 10)),
                window.progress().finished());
    }

    @Test
    void doesNotSkipARecordOfALaterEpochThatReplacedAFinishedOne() {
        OffsetWindow window =
                OffsetWindow.from(new Progress(5, List.of(new OffsetRange(6, 9)), OptionalInt.of(3), Optional.empty()));
        assertEquals(Arrival.FRESH, window.arrived(5, OptionalInt.of(3)));
        assertEquals(Arrival.ALREADY_FINISHED, window.arrived(6, OptionalInt.of(3)));
        assertEquals(Arrival.FRESH, window.arrived(7, OptionalInt.of(4)));
        assertEquals(Arrival.FRESH, window.arrived(8, OptionalInt.of(4)));
    }

    @Test
    void namesTheEpochOfTheRecordBeforeTheCommittedOffset() {
        OffsetWindow window = OffsetWindow.from(Progress.upTo(10));
        window.precededBy(1);
        window.arrived(10, OptionalInt.of(1));
        window.arrived(11, OptionalInt.of(2));
        assertEquals(OptionalInt.of(1), window.precedingEpoch());
        window.finished(10);
        window.progress();
        assertEquals(OptionalInt.of(1), window.precedingEpoch());
        window.finished(11);
        window.progress();
        assertEquals(OptionalInt.of(2), window.precedingEpoch());
    }

    @Test
    void namesTheEpochOfTheFirstRecordWhereNothingWasReadBeforeIt() {
        OffsetWindow window = OffsetWindow.from(Progress.upTo(10));
        window.arrived(10, OptionalInt.of(4));
        window.arrived(11, OptionalInt.of(5));
        assertEquals(OptionalInt.of(4), window.precedingEpoch());
    }

    @Test
    void keepsWhatIsBelowWhereTheLogWentBack() {
        OffsetWindow window = running(10, 11, 12, 13);
        window.finished(11);
        window.finished(13);
        window.rewind(12);
        assertEquals(10, window.lowestUnfinished());
        assertEquals(List.of(new OffsetRange(11, 12)), window.progress().finished());
        assertEquals(Arrival.FRESH, window.arrived(12, OptionalInt.of(1)));
        assertEquals(Arrival.FRESH, window.arrived(13, OptionalInt.of(1)));
        window.finished(10);
        assertEquals(12, window.progress().offset());
    }

    @Test
    void noticesThatTheLogWentBack() {
        OffsetWindow window = running(10, 11);
        assertTrue(window.isRewind(11));
        assertFalse(window.isRewind(12));
        assertThrows(IllegalArgumentException.class, () -> window.arrived(10, NO_EPOCH));
    }

    @Test
    void ignoresASecondEndOfTheSameRecord() {
        OffsetWindow window = running(10);
        assertTrue(window.finished(10));
        assertFalse(window.finished(10));
    }

    @Test
    void handsOverWhatRunsAndNothingThatWaits() {
        OffsetWindow old = running(10, 11, 12);
        old.finished(11);
        old.arrived(13, NO_EPOCH);
        Progress handedOver = old.handOver(LEASE_END, offset -> offset < 13);
        assertEquals(Optional.of(new Lease(13, LEASE_END)), handedOver.lease());

        OffsetWindow next = OffsetWindow.from(handedOver);
        assertEquals(Arrival.HANDED_OVER, next.arrived(10, NO_EPOCH));
        assertEquals(Arrival.ALREADY_FINISHED, next.arrived(11, NO_EPOCH));
        assertEquals(Arrival.HANDED_OVER, next.arrived(12, NO_EPOCH));
        assertEquals(Arrival.FRESH, next.arrived(13, NO_EPOCH));
    }

    @Test
    void passesAForeignLeaseOnUntilItHasEndedOrItsRecordsHave() {
        OffsetWindow window =
                OffsetWindow.from(new Progress(10, List.of(), NO_EPOCH, Optional.of(new Lease(11, LEASE_END))));
        window.arrived(10, NO_EPOCH);
        window.arrived(11, NO_EPOCH);
        window.started(11);
        assertEquals(Optional.of(new Lease(11, LEASE_END)), window.progress().lease());
        assertEquals(
                Optional.of(new Lease(12, LEASE_END.plusSeconds(5))),
                window.handOver(LEASE_END.plusSeconds(5), offset -> offset == 11)
                        .lease());
        window.finished(10);
        assertEquals(Optional.empty(), window.progress().lease());
    }

    private static OffsetWindow running(long... offsets) {
        OffsetWindow window = OffsetWindow.from(Progress.upTo(offsets[0]));
        for (long offset : offsets) {
            window.arrived(offset, NO_EPOCH);
            window.started(offset);
        }
        return window;
    }

    private static Progress progress(long offset, OffsetRange... finished) {
        return new Progress(offset, List.of(finished), NO_EPOCH, Optional.empty());
    }
}
