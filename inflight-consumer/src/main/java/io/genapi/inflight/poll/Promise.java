package io.genapi.inflight.poll;

import java.time.Duration;

/** A record that a former owner has promised to finish, and when to ask next whether it has. Poll thread only. */
final class Promise<K, V> {

    private static final Duration FIRST_QUESTION = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final PartitionIntake<K, V> intake;
    private final Held<K, V> held;
    private long pauseNanos = FIRST_QUESTION.toNanos();
    private long askAt;
    private boolean asked;

    /** @param now in nanoseconds of the loop's ticker */
    Promise(PartitionIntake<K, V> intake, Held<K, V> held, long now) {
        this.intake = intake;
        this.held = held;
        askAt = now + pauseNanos;
    }

    PartitionIntake<K, V> intake() {
        return intake;
    }

    Held<K, V> held() {
        return held;
    }

    boolean isDue(long now) {
        return !asked && now - askAt >= 0;
    }

    /** A question is on its way, and there is none other until its answer. */
    void asked() {
        asked = true;
    }

    /** It is not finished as far as one knows; the next question comes after twice the time. */
    void notYet(long now) {
        asked = false;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE.toNanos());
        askAt = now + pauseNanos;
    }
}
