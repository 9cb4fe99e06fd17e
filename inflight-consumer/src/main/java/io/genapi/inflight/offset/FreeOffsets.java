package io.genapi.inflight.offset;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/** Some of the unfinished offsets as bits, of which the first stands for the first unfinished offset, and so on. */
final class FreeOffsets {

    private FreeOffsets() {}

    /**
     * @param free ascending, and in none of the finished ranges
     * @param from where the finished ranges begin to tell of
     */
    static byte[] toBits(List<Long> free, long from, List<OffsetRange> finished) {
        BitSet bits = new BitSet();
        Iterator<OffsetRange> ranges = finished.iterator();
        OffsetRange range = ranges.hasNext() ? ranges.next() : null;
        long passed = from;
        for (long offset : free) {
            while (range != null && range.to() <= offset) {
                passed += range.to() - range.from();
                range = ranges.hasNext() ? ranges.next() : null;
            }
            bits.set(Math.toIntExact(offset - passed));
        }
        return bits.toByteArray();
    }

    /** The reverse, with the same arguments. */
    static List<Long> fromBits(byte[] bytes, long from, List<OffsetRange> finished) {
        List<Long> free = new ArrayList<>();
        Iterator<OffsetRange> ranges = finished.iterator();
        OffsetRange range = ranges.hasNext() ? ranges.next() : null;
        long passed = from;
        BitSet bits = BitSet.valueOf(bytes);
        for (int bit = bits.nextSetBit(0); bit >= 0; bit = bits.nextSetBit(bit + 1)) {
            while (range != null && range.from() <= passed + bit) {
                passed += range.to() - range.from();
                range = ranges.hasNext() ? ranges.next() : null;
            }
            free.add(passed + bit);
        }
        return free;
    }
}
