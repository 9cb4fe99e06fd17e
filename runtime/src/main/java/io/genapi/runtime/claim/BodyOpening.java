package io.genapi.runtime.claim;

/** What came of opening a request's body. */
public sealed interface BodyOpening {

    /** It is here, and certainly what was put away; not to be changed. */
    @SuppressWarnings("ArrayRecordComponent") // A body is up to 10 MiB: it is handed on, never copied or compared.
    record Opened(byte[] body) implements BodyOpening {}

    /**
     * It is certainly not there any more, or another one.
     *
     * @param reason in words that go behind "because"
     */
    record Lost(String reason) implements BodyOpening {}

    /**
     * It cannot be told now; asking again may help.
     *
     * @param reason in sentences, for an operator
     */
    record Unavailable(String reason) implements BodyOpening {}
}
