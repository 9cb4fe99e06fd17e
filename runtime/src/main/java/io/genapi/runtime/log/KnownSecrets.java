package io.genapi.runtime.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Texts to take out of others, found in one pass over a text however many they are. Immutable. */
final class KnownSecrets {

    static final KnownSecrets NONE = new KnownSecrets(List.of());

    /** A shorter one is a word, not a secret: masking it would take ordinary text out. */
    static final int SHORTEST = 8;

    /** Of more than this, the oldest are forgotten: they come from keys that were replaced long ago. */
    static final int MOST = 1_000;

    private static final int BUCKETS = 4_096;

    /** In the order in which they became known. */
    private final List<char[]> secrets;

    /** By their first two characters; the longest first, so that no tail of it is left over. */
    private final List<List<char[]>> buckets;

    private KnownSecrets(List<char[]> secrets) {
        this.secrets = secrets;
        this.buckets = new ArrayList<>(Collections.nCopies(secrets.isEmpty() ? 0 : BUCKETS, List.of()));
        for (char[] secret : secrets) {
            int bucket = bucket(secret[0], secret[1]);
            List<char[]> together = new ArrayList<>(buckets.get(bucket));
            together.add(secret);
            together.sort(Comparator.<char[]>comparingInt(each -> each.length).reversed());
            buckets.set(bucket, together);
        }
    }

    KnownSecrets with(char[] secret) {
        if (secret.length < SHORTEST || secrets.stream().anyMatch(known -> Arrays.equals(known, secret))) {
            return this;
        }
        List<char[]> more = new ArrayList<>(secrets.subList(secrets.size() < MOST ? 0 : 1, secrets.size()));
        more.add(secret.clone());
        return new KnownSecrets(List.copyOf(more));
    }

    /** The same text where there is none of them in it. */
    String mask(String text, String mask) {
        if (secrets.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(0);
        int copied = 0;
        int last = text.length() - SHORTEST;
        for (int at = 0; at <= last; at++) {
            int length = lengthAt(text, at);
            if (length > 0) {
                masked.append(text, copied, at).append(mask);
                copied = at + length;
                at = copied - 1;
            }
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    /** Of the one that begins there; 0 if none does. */
    private int lengthAt(String text, int at) {
        for (char[] secret : buckets.get(bucket(text.charAt(at), text.charAt(at + 1)))) {
            if (isAt(secret, text, at)) {
                return secret.length;
            }
        }
        return 0;
    }

    private static boolean isAt(char[] secret, String text, int at) {
        if (text.length() - at < secret.length) {
            return false;
        }
        for (int i = 0; i < secret.length; i++) {
            if (text.charAt(at + i) != secret[i]) {
                return false;
            }
        }
        return true;
    }

    private static int bucket(char first, char second) {
        return (first * 61 + second) & (BUCKETS - 1);
    }
}
