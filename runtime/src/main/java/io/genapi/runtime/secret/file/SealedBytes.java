package io.genapi.runtime.secret.file;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Bytes that only a key opens: a nonce of 12 bytes, AES-256-GCM of them, and a tag of 16. A text in the clear is
 * authenticated with them. Pure, but for the nonce.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">NIST SP 800-38D</a>, which allows 2^32 random nonces a key
 */
public final class SealedBytes {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** What is shorter is none. */
    static final int SHORTEST = NONCE_BYTES + TAG_BYTES;

    private SealedBytes() {}

    /** @param context without which they cannot be opened */
    public static byte[] seal(byte[] plain, String context, SecretsKey key, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain);
            byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
            return whole;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not encrypt", impossible);
        }
    }

    /** Empty where they were made with another key or context, or changed since. */
    public static Optional<byte[]> open(byte[] sealed, String context, SecretsKey key) {
        if (sealed.length < SHORTEST) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException forged) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not decrypt", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretsKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.forAes(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
