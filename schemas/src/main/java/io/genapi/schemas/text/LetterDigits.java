package io.genapi.schemas.text;

import io.genapi.schemas.digest.Sha256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The 26 letters and digits that ids other than those of jobs end with: 130 bits, of chance or of a digest. */
public final class LetterDigits {

    /** As a regular expression. */
    public static final String SHAPE = "[0-9a-v]{26}";

    private static final int COUNT = 26;
    private static final int RADIX = 32;

    private LetterDigits() {}

    /** Unguessable if the generator is. */
    public static String random(RandomGenerator random) {
        byte[] bytes = new byte[17];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** The same for the same origin. */
    public static String derive(String origin) {
        return of(Arrays.copyOf(Sha256.of(origin), 17));
    }

    private static String of(byte[] bytes) {
        String digits = new BigInteger(1, bytes).toString(RADIX);
        String padded = "0".repeat(COUNT) + digits;
        return padded.substring(padded.length() - COUNT);
    }
}
