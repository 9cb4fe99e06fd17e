package io.genapi.store.query;

/** What came of reading a result's payload. */
@SuppressWarnings("ArrayRecordComponent") // A payload is handed on, never copied or compared.
public sealed interface PayloadReading {
    /** The record's value, byte for byte. */
    record Present(byte[] payload) implements PayloadReading {}

    /** Kafka's retention took it. */
    record Gone() implements PayloadReading {}

    /** It could not be read now. */
    record Unavailable(String reason) implements PayloadReading {}
}
