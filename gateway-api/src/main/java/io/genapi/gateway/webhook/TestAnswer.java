package io.genapi.gateway.webhook;

/** What came of trying an endpoint. */
public sealed interface TestAnswer {

    /** @param attempt what came of one, as JSON; not to be changed */
    @SuppressWarnings("ArrayRecordComponent") // A document is handed on, never copied or compared.
    record Made(byte[] attempt) implements TestAnswer {}

    /** The tenant has no such endpoint. */
    record NotFound() implements TestAnswer {}

    /** Nothing was sent, for as many tests as may be are under way. */
    record Busy() implements TestAnswer {}

    /**
     * Nobody answers, or nobody can.
     *
     * @param reason what was tried, in a sentence without a full stop
     */
    record Unknown(String reason) implements TestAnswer {}
}
