package io.genapi.cli.run;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One job of a batch file.
 *
 * @param number of its line, from 1
 * @param customId the caller's name for it, unique in the file
 * @param body the chat completion request, as the bytes that stand in the file
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record BatchLine(int number, String customId, byte[] body) {

    /** Tells this body from another one: the first half of its SHA-256, in hexadecimal. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest, 0, digest.length / 2);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
