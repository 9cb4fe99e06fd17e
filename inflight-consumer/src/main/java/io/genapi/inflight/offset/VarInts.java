package io.genapi.inflight.offset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Non-negative numbers in seven bits to the byte, lowest first (LEB128). */
final class VarInts {

    private VarInts() {}

    static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /**
     * @throws IllegalArgumentException if the number does not fit 63 bits
     * @throws java.nio.BufferUnderflowException if the bytes end within it
     */
    static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 63 bits");
    }
}
