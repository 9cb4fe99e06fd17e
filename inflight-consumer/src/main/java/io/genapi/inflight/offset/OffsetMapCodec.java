package io.genapi.inflight.offset;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The text form of a {@link Progress}, for the metadata of its commit.
 *
 * <p>{@code i1.} and, in URL-safe base 64: a byte of flags, a checksum that covers the committed offset too, the leader
 * epoch, the lease, which of its offsets are free (a bit for each unfinished one), and the finished offsets as a bitmap or as run lengths, whichever is shorter.
 */
public final class OffsetMapCodec {

    /** Flags, checksum, epoch, a lease's boundary and instant, and the length of its bits at their longest, in bytes. */
    static final int LARGEST_HEADER = 1 + 4 + 5 + 9 + 9 + 3;

    private static final String PREFIX = "i1.";
    private static final int BITMAP = 1;
    private static final int RUNS = 1 << 1;
    private static final int EPOCH = 1 << 2;
    private static final int LEASE = 1 << 3;
    private static final int FREE = 1 << 4;
    private static final int ALL_FLAGS = BITMAP | RUNS | EPOCH | LEASE | FREE;
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

    private OffsetMapCodec() {}

    /** Empty if there is nothing to say beyond the offset. */
    public static String encode(Progress progress) {
        if (progress.finished().isEmpty() && progress.lease().isEmpty()) {
            return "";
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int flags = 0;
        if (progress.leaderEpoch().isPresent()) {
            flags |= EPOCH;
            VarInts.write(body, progress.leaderEpoch().getAsInt());
        }
        if (progress.lease().isPresent()) {
            flags |= LEASE;
            Lease lease = progress.lease().get();
            VarInts.write(body, lease.below() - progress.offset());
            VarInts.write(body, lease.until().toEpochMilli());
            if (!lease.free().isEmpty()) {
                flags |= FREE;
                byte[] free = FreeOffsets.toBits(lease.free(), progress.offset(), progress.finished());
                VarInts.write(body, free.length);
                body.writeBytes(free);
            }
        }
        if (!progress.finished().isEmpty()) {
            byte[] runs = runs(progress);
            boolean bitmap = (progress.end() - progress.offset()) / Byte.SIZE + 1 < runs.length;
            flags |= bitmap ? BITMAP : RUNS;
            body.writeBytes(bitmap ? bitmap(progress) : runs);
        }
        byte[] bytes = body.toByteArray();
        return PREFIX
                + TO_TEXT.encodeToString(ByteBuffer.allocate(1 + Integer.BYTES + bytes.length)
                        .put((byte) flags)
                        .putInt(checksum(progress.offset(), flags, bytes))
                        .put(bytes)
                        .array());
    }

    /**
     * The same, cut to the budget. {@link OffsetWindow#admits} leaves nothing to cut unless the budget was lowered
     * between two owners; then the highest finished offsets are left out, and those records run again or, where there
     * is a lease, are asked about when it has ended.
     */
    public static String encodeWithin(Progress progress, MetadataBudget budget) {
        Progress fitting = progress;
        String text = encode(fitting);
        while (text.length() > budget.bytes()) {
            int kept = fitting.finished().size() * 3 / 4;
            fitting = new Progress(
                    fitting.offset(),
                    fitting.finished().subList(0, kept),
                    fitting.leaderEpoch(),
                    fitting.lease().map(lease -> new Lease(lease.below(), lease.until())));
            text = encode(fitting);
        }
        return text;
    }

    /**
     * Reads what {@link #encode} wrote; anything else is told apart, never thrown.
     *
     * @param offset the committed offset that the metadata came with
     */
    public static DecodedMetadata decode(long offset, String metadata) {
        if (metadata.isEmpty()) {
            return new DecodedMetadata.Absent();
        }
        if (!metadata.startsWith(PREFIX)) {
            return new DecodedMetadata.Unreadable("not written by this version of inflight-consumer");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(metadata.substring(PREFIX.length())));
            int flags = bytes.get();
            int checksum = bytes.getInt();
            byte[] body = new byte[bytes.remaining()];
            bytes.get(body);
            if (checksum != checksum(offset, flags, body)) {
                return new DecodedMetadata.Unreadable("damaged, or written for another offset than " + offset);
            }
            return new DecodedMetadata.Known(read(offset, flags, ByteBuffer.wrap(body)));
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException malformed) {
            return new DecodedMetadata.Unreadable("malformed: " + malformed);
        }
    }

    /** How many characters so many bytes become. */
    static long textLength(long bytes) {
        return PREFIX.length() + (bytes * 4 + 2) / 3;
    }

    private static Progress read(long offset, int flags, ByteBuffer in) {
        if ((flags & ~ALL_FLAGS) != 0) {
            throw new IllegalArgumentException("unknown flags " + flags);
        }
        OptionalInt epoch =
                (flags & EPOCH) == 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(VarInts.read(in)));
        Optional<Lease> lease = (flags & LEASE) == 0
                ? Optional.empty()
                : Optional.of(
                        new Lease(Math.addExact(offset, VarInts.read(in)), Instant.ofEpochMilli(VarInts.read(in))));
        byte[] free = new byte[(flags & FREE) == 0 ? 0 : lengthOfRest(VarInts.read(in), in)];
        in.get(free);
        List<OffsetRange> finished = (flags & BITMAP) != 0 ? readBitmap(offset, in) : readRuns(offset, in);
        return new Progress(
                offset,
                finished,
                epoch,
                lease.map(known ->
                        new Lease(known.below(), known.until(), FreeOffsets.fromBits(free, offset, finished))));
    }

    private static int lengthOfRest(long length, ByteBuffer in) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    private static byte[] runs(Progress progress) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long reached = progress.offset();
        for (OffsetRange range : progress.finished()) {
            VarInts.write(out, range.from() - reached);
            VarInts.write(out, range.to() - range.from());
            reached = range.to();
        }
        return out.toByteArray();
    }

    private static List<OffsetRange> readRuns(long offset, ByteBuffer in) {
        List<OffsetRange> ranges = new ArrayList<>();
        long reached = offset;
        while (in.hasRemaining()) {
            long from = Math.addExact(reached, VarInts.read(in));
            reached = Math.addExact(from, VarInts.read(in));
            ranges.add(new OffsetRange(from, reached));
        }
        return ranges;
    }

    private static byte[] bitmap(Progress progress) {
        BitSet bits = new BitSet();
        for (OffsetRange range : progress.finished()) {
            bits.set((int) (range.from() - progress.offset()), (int) (range.to() - progress.offset()));
        }
        return bits.toByteArray();
    }

    private static List<OffsetRange> readBitmap(long offset, ByteBuffer in) {
        BitSet bits = BitSet.valueOf(in);
        List<OffsetRange> ranges = new ArrayList<>();
        for (int from = bits.nextSetBit(0); from >= 0; ) {
            int to = bits.nextClearBit(from);
            ranges.add(new OffsetRange(offset + from, offset + to));
            from = bits.nextSetBit(to);
        }
        return ranges;
    }

    private static int checksum(long offset, int flags, byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(offset)
                .put((byte) flags)
                .flip());
        checksum.update(body);
        return (int) checksum.getValue();
    }
}
