package io.genapi.gateway.submit;

/** What came of making the job of an idempotency key durable. */
sealed interface Taking {

    /** It is durable, and was before. */
    record Attached() implements Taking {}

    /** It is durable from now on. */
    record Taken() implements Taking {}

    /** There is none yet, and there may not be one now. */
    record NotAdmitted() implements Taking {}

    /** The key stands for another request. */
    record OtherBody() implements Taking {}

    /** Kafka did not confirm it; it may run all the same. */
    record Unconfirmed(String reason) implements Taking {}

    /**
     * The store does not tell what the key stands for.
     *
     * @param published whether this request is in Kafka, and may be what it stands for
     */
    record Undecided(String reason, boolean published) implements Taking {}
}
