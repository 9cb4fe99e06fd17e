package io.genapi.inflight.offset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every map, shown for random ones of every shape. */
class OffsetMapCodecPropertiesTest {

    private static final int ROUNDS = Integer.getInteger("inflight.model.codec.rounds", 100_000);
    private static final int PREFIX = "i1.".length();

    @Test
    void readsBackWhatItWrote() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < ROUNDS; round++) {
            Progress written = random(random);
            assertEquals(new DecodedMetadata.Known(written), decode(written, OffsetMapCodec.encode(written)));
        }
    }

    @Test
    void tellsAnyDamageApartAndNeverThrows() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < ROUNDS; round++) {
            Progress written = random(random);
            byte[] bytes =
                    Base64.getUrlDecoder().decode(OffsetMapCodec.encode(written).substring(PREFIX));
            byte[] damaged = damaged(bytes, random);
            if (!Arrays.equals(bytes, damaged)) {
                assertInstanceOf(
                        DecodedMetadata.Unreadable.class, decode(written, text(damaged)), () -> written.toString());
            }
        }
    }

    @Test
    void tellsTheMapOfAnotherOffsetApart() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < ROUNDS; round++) {
            Progress written = random(random);
            long other = written.offset() ^ (1L << random.nextInt(40));
            assertInstanceOf(
                    DecodedMetadata.Unreadable.class, OffsetMapCodec.decode(other, OffsetMapCodec.encode(written)));
        }
    }

    @Test
    void readsNothingIntoNoise() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            assertInstanceOf(DecodedMetadata.Unreadable.class, OffsetMapCodec.decode(random.nextInt(100), text(noise)));
        }
    }

    @Test
    void isAsShortAsTheShorterOfBitmapAndRuns() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < ROUNDS; round++) {
            Progress any = random(random);
            Progress written = new Progress(any.offset(), any.finished(), OptionalInt.empty(), Optional.empty());
            if (!written.finished().isEmpty()) {
                // To the byte after the last finished offset, as a bitmap is counted in whole bytes.
                long bitmap = (written.end() - written.offset()) / Byte.SIZE + 1;
                long body = Math.min(bitmap, runs(written));
                long length = OffsetMapCodec.encode(written).length();
                assertTrue(length <= OffsetMapCodec.textLength(1 + 4 + body), () -> length + " for " + written);
            }
        }
    }

    @Test
    void neverOutgrowsTheLargestLength() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < ROUNDS; round++) {
            Progress written = random(random);
            long span = written.end() - written.offset();
            long unfinished = 0;
            long reached = written.offset();
            for (OffsetRange range : written.finished()) {
                // Nothing but unfinished offsets makes holes: those that do not exist count as finished.
                unfinished += range.from() - reached;
                reached = range.to();
            }
            long length = OffsetMapCodec.encode(written).length();
            assertTrue(length <= MetadataBudget.largestLength(span, unfinished), () -> length + " for " + written);
        }
    }

    private static DecodedMetadata decode(Progress written, String text) {
        return OffsetMapCodec.decode(written.offset(), text);
    }

    private static String text(byte[] bytes) {
        return "i1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Up to three flipped bits, a part cut off, or some bytes more. */
    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(4));
            default -> {
                byte[] flipped = bytes.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    private static long runs(Progress progress) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long reached = progress.offset();
        for (OffsetRange range : progress.finished()) {
            VarInts.write(out, range.from() - reached);
            VarInts.write(out, range.to() - range.from());
            reached = range.to();
        }
        return out.size();
    }

    /** With something to say. Scattered, in long runs, with or without a hole at the start. */
    private static Progress random(SplittableRandom random) {
        long offset = random.nextInt(4) == 0 ? random.nextLong(1L << 40) : random.nextInt(1_000);
        int scale = 1 + random.nextInt(random.nextInt(5) == 0 ? 100_000 : 20);
        List<OffsetRange> finished = new ArrayList<>();
        long reached = offset + random.nextInt(2);
        for (int runs = random.nextInt(40); runs > 0; runs--) {
            long from = reached + (finished.isEmpty() ? 0 : 1 + random.nextInt(scale));
            reached = from + 1 + random.nextInt(scale);
            finished.add(new OffsetRange(from, reached));
        }
        boolean leased = finished.isEmpty() || random.nextBoolean();
        return new Progress(
                offset,
                finished,
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(Integer.MAX_VALUE)),
                leased
                        ? Optional.of(new Lease(
                                offset + 1 + random.nextInt(500), Instant.ofEpochMilli(random.nextLong(1L << 42))))
                        : Optional.empty());
    }
}
