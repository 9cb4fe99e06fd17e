package io.genapi.cli.run;

import io.genapi.schemas.digest.Sha256;

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
        return Sha256.hex(body).substring(0, 32);
    }
}
