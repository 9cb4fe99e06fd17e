package io.genapi.inflight.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetMapCodecTest {

    private static final Instant LEASE_END = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void saysNothingWhereThereIsNothingToSay() {
        assertEquals("", OffsetMapCodec.encode(Progress.upTo(42)));
        assertInstanceOf(DecodedMetadata.Absent.class, OffsetMapCodec.decode(42, ""));
    }

    @Test
    void readsBackWhatItWroteWhateverThatIs() {
        Random random = new Random(20_260_301);
        for (int round = 0; round < 20_000; round++) {
            Progress written = randomProgress(random);
            String text = OffsetMapCodec.encode(written);
            Progress read = text.isEmpty() ? written : known(written.offset(), text);
            assertEquals(written, read, "round " + round);
            assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(text));
        }
    }

    @Test
    void writesAThousandFinishedInARowInAFewCharacters() {
        Progress progress = new Progress(7, List.of(new OffsetRange(8, 1_008)), OptionalInt.empty(), Optional.empty());
        assertTrue(OffsetMapCodec.encode(progress).length() < 20);
    }

    @Test
    void writesEverySecondOffsetAsABitmap() {
        List<OffsetRange> everySecond = new ArrayList<>();
        for (int offset = 1; offset < 8_000; offset += 2) {
            everySecond.add(new OffsetRange(offset, offset + 1));
        }
        Progress progress = new Progress(0, everySecond, OptionalInt.of(3), Optional.empty());
        String text = OffsetMapCodec.encode(progress);
        assertTrue(text.length() < 1_400, text.length() + " characters");
        assertEquals(progress, known(0, text));
    }

    @Test
    void carriesALeaseWithoutAnyFinishedOffset() {
        Progress progress = new Progress(5, List.of(), OptionalInt.of(0), Optional.of(new Lease(9, LEASE_END)));
        assertEquals(progress, known(5, OffsetMapCodec.encode(progress)));
    }

    @Test
    void doesNotReadWhatOthersWrote() {
        for (String foreign :
                List.of("consumed by app-7", "i2.AAAA", "i1.", "i1.%%%", "i1.AA", "{\"a\":1}", "i1.AAAAAAAA")) {
            assertInstanceOf(DecodedMetadata.Unreadable.class, OffsetMapCodec.decode(1, foreign), foreign);
        }
    }

    @Test
    void doesNotReadWhatWasWrittenForAnotherOffset() {
        String text = OffsetMapCodec.encode(
                new Progress(5, List.of(new OffsetRange(6, 9)), OptionalInt.empty(), Optional.empty()));
        assertInstanceOf(DecodedMetadata.Unreadable.class, OffsetMapCodec.decode(4, text));
    }

    @Test
    void noticesAnyChangedCharacterAndNeverThrows() {
        Random random = new Random(99);
        for (int round = 0; round < 20_000; round++) {
            Progress written = randomProgress(random);
            String text = OffsetMapCodec.encode(written);
            if (text.isEmpty()) {
                continue;
            }
            StringBuilder damaged = new StringBuilder(text);
            damaged.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
            // The spare bits of the last character carry nothing, so a change there may be read as the original.
            if (OffsetMapCodec.decode(written.offset(), damaged.toString())
                    instanceof DecodedMetadata.Known(Progress read)) {
                assertEquals(written, read, "round " + round);
            }
        }
    }

    @Test
    void cutsTheHighestOffsetsOffWhenTheBudgetWasLowered() {
        List<OffsetRange> scattered = new ArrayList<>();
        for (int offset = 1; offset < 9_000; offset += 3) {
            scattered.add(new OffsetRange(offset, offset + 1));
        }
        Progress whole = new Progress(0, scattered, OptionalInt.empty(), Optional.empty());
        String text = OffsetMapCodec.encodeWithin(whole, new MetadataBudget(300));
        assertTrue(text.length() <= 300);
        List<OffsetRange> kept = known(0, text).finished();
        assertTrue(kept.size() > 300);
        assertEquals(scattered.subList(0, kept.size()), kept);
    }

    private static Progress known(long offset, String text) {
        return assertInstanceOf(DecodedMetadata.Known.class, OffsetMapCodec.decode(offset, text))
                .progress();
    }

    private static Progress randomProgress(Random random) {
        long offset = random.nextInt(4) == 0 ? random.nextLong(1L << 40) : random.nextInt(1_000);
        List<OffsetRange> finished = new ArrayList<>();
        int scale = 1 + random.nextInt(random.nextInt(5) == 0 ? 100_000 : 20);
        long reached = offset + random.nextInt(2);
        for (int runs = random.nextInt(40); runs > 0; runs--) {
            long from = reached + (finished.isEmpty() ? 0 : 1 + random.nextInt(scale));
            reached = from + 1 + random.nextInt(scale);
            finished.add(new OffsetRange(from, reached));
        }
        Optional<Lease> lease = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Lease(offset + 1 + random.nextInt(500), LEASE_END));
        // An epoch alone is not worth metadata, so it is not written where there is nothing else.
        boolean bare = finished.isEmpty() && lease.isEmpty();
        OptionalInt epoch =
                bare || random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(Integer.MAX_VALUE));
        return new Progress(offset, finished, epoch, lease);
    }
}
