package io.genapi.runtime.secret.file;

/** What came of opening an envelope. */
sealed interface Opened {

    record Whole(SecretEntries entries) implements Opened {}

    /** It arrived as it was written, with another key. */
    record WrongKey(String writtenWith, String given) implements Opened {}

    /** It is not what was written: cut off, overwritten, mangled on its way. */
    record Damaged(String what) implements Opened {}

    /** Somebody without the key wrote it, and made the key's mark and the checksum fit. */
    record Forged() implements Opened {}

    record UnknownFormat(String version) implements Opened {}
}
