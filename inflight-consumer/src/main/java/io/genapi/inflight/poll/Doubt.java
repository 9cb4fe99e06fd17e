package io.genapi.inflight.poll;

/**
 * Which records a former owner that died may have finished without its last commit saying so: all that the commit told of,
 * and the first ones beyond. Poll thread only.
 */
final class Doubt {

    /** More than a partition starts and finishes between two commits, unless Kafka takes commits late. */
    private static final int BEYOND_THE_COMMIT = 100;

    /** Where there was no owner before. */
    static final Doubt NONE = new Doubt(0, 0);

    private final long knownEnd;
    private int toCome;
    private long below;

    private Doubt(long knownEnd, int toCome) {
        this.knownEnd = knownEnd;
        this.toCome = toCome;
        below = knownEnd;
    }

    /** @param knownEnd one past all offsets that the commit told of */
    static Doubt beyond(long knownEnd) {
        return new Doubt(knownEnd, BEYOND_THE_COMMIT);
    }

    /** The next record was read. */
    void read(long offset) {
        if (toCome > 0 && offset >= knownEnd) {
            toCome--;
            below = offset + 1;
        }
    }

    boolean covers(long offset) {
        return offset < below;
    }
}
