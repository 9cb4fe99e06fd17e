package io.genapi.gateway.responses;

/** What can be said of the request that a response is made of. */
public sealed interface Submitted {

    /** As it was submitted. */
    record Found(StoredResponse response) implements Submitted {}

    /** There is none, or none any longer. */
    record None() implements Submitted {}

    /**
     * It cannot be told now; asking again may help.
     *
     * @param reason in a sentence without a full stop
     */
    record Unknown(String reason) implements Submitted {}
}
