package io.genapi.runtime.secret.file;

import io.genapi.runtime.log.SecretMask;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits, overwritten when it is closed. */
public final class SecretsKey implements AutoCloseable {

    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final byte[] ID_PURPOSE = "genapi-secrets key id".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    private SecretsKey(byte[] key) {
        this.key = key;
        char[] text = toBase64();
        SecretMask.learn(text);
        Arrays.fill(text, '\0');
    }

    public static SecretsKey fresh(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new SecretsKey(key);
    }

    /** @return empty if it is not 32 bytes in Base64; blanks and line ends around it do not matter */
    static Optional<SecretsKey> parse(CharBuffer text) {
        byte[] stripped = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < stripped.length; i++) {
            char next = text.charAt(i);
            if (!Character.isWhitespace(next)) {
                // What is no ASCII becomes what is no Base64.
                stripped[length++] = next < 0x80 ? (byte) next : 0;
            }
        }
        byte[] base64 = Arrays.copyOf(stripped, length);
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            return key.length == BYTES ? Optional.of(new SecretsKey(key)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(stripped, (byte) 0);
        }
    }

    public char[] toBase64() {
        byte[] ascii = Base64.getEncoder().encode(key);
        char[] text = new char[ascii.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) ascii[i];
        }
        Arrays.fill(ascii, (byte) 0);
        return text;
    }

    /** Tells it from other keys, and says nothing else about it: 64 bits that HKDF derives from it for that. */
    public String id() {
        try {
            byte[] id = KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract().addIKM(key.clone()).thenExpand(ID_PURPOSE, ID_BYTES));
            return HexFormat.of().formatHex(id);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java 25 has HKDF-SHA256", absent);
        }
    }

    SecretKey forAes() {
        return new SecretKeySpec(key, "AES");
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "key " + id();
    }
}
