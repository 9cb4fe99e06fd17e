package io.genapi.schemas.batch;

import io.genapi.schemas.digest.Sha256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The 26 letters and digits that ids of files and batches end with: 130 bits, of chance or of a digest. */
final class LetterDigits {

    static final String SHAPE = "[0-9a-v]{26}";

    private static final int COUNT = 26;
    private static final int RADIX = 32;

    private LetterDigits() {}

    static String random(RandomGenerator random) {
        byte[] bytes = new byte[17];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** The same for the same origin. */
    static String derive(String origin) {
        return of(Arrays.copyOf(Sha256.of(origin), 17));
    }

    private static String of(byte[] bytes) {
        String digits = new BigInteger(1, bytes).toString(RADIX);
        String padded = "0".repeat(COUNT) + digits;
        return padded.substring(padded.length() - COUNT);
    }
}
