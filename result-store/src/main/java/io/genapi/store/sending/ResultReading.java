package io.genapi.store.sending;

/** What came of reading an event's result. */
@SuppressWarnings("ArrayRecordComponent") // A result is handed on, never copied or compared.
public sealed interface ResultReading {

    /** The result, as it was published. */
    record Present(byte[] json) implements ResultReading {}

    /** It has so many bytes. */
    record TooLarge(int bytes) implements ResultReading {}

    /** Kafka's retention took it. */
    record Gone() implements ResultReading {}

    /** It could not be read now. */
    record Unavailable() implements ResultReading {}
}
