package io.genapi.runtime.reload;

import java.time.Duration;

/**
 * When a file that changes is read: once its content has stayed the same for a moment, since editors and deployments may
 * write it in pieces. A piece that is broken gets twice that time before its mistake is told. Not thread-safe.
 */
final class ChangeWatch {

    /** How long the same content has to be there. */
    static final Duration SETTLED = Duration.ofMillis(500);

    /** And how long when it is broken. */
    static final Duration BROKEN = Duration.ofSeconds(1);

    /** After which what was refused is read again: a place that it refers to may answer then, such as Vault. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    enum Advice {
        /** There is nothing new, or it may still be changing. */
        WAIT,
        /** To be read; if it is broken it may still be changing. */
        TRY,
        /** To be read, and if it is broken that is what it is. */
        INSIST
    }

    private String read;
    private String seen;
    private long seenAt;
    private boolean refused;
    private long refusedAt;

    /** @param read the content that was read last */
    ChangeWatch(String read) {
        this.read = read;
        this.seen = read;
    }

    /**
     * @param content that is there now
     * @param tick nanoseconds since any fixed moment
     */
    Advice look(String content, long tick) {
        if (!content.equals(seen)) {
            seen = content;
            seenAt = tick;
        }
        if (content.equals(read)) {
            return refused && tick - refusedAt >= AGAIN.toNanos() ? Advice.INSIST : Advice.WAIT;
        }
        long age = tick - seenAt;
        if (age >= BROKEN.toNanos()) {
            return Advice.INSIST;
        }
        return age >= SETTLED.toNanos() ? Advice.TRY : Advice.WAIT;
    }

    /** That content counts. */
    void read(String content) {
        read = content;
        seen = content;
        refused = false;
    }

    /** That content has a mistake, which has been told. */
    void refused(String content, long tick) {
        read(content);
        refused = true;
        refusedAt = tick;
    }

    /** That content is in order and cannot take effect yet: as if it had come just now. */
    void postpone(String content, long tick) {
        seen = content;
        seenAt = tick;
        read = "";
    }
}
