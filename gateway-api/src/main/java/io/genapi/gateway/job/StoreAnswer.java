package io.genapi.gateway.job;

/** What came of asking the store. */
public sealed interface StoreAnswer {

    /**
     * It has what was asked for.
     *
     * @param document JSON, as the caller gets it; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // A document is handed on, never copied or compared.
    record Found(byte[] document) implements StoreAnswer {}

    /** It is certain that there is no such job. */
    record NotFound() implements StoreAnswer {}

    /**
     * The job has ended, but Kafka has deleted its result by retention.
     *
     * @param error OpenAI's error envelope; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // A document is handed on, never copied or compared.
    record Gone(byte[] error) implements StoreAnswer {}

    /**
     * It cannot know now, or nobody answers; asking again may help.
     *
     * @param reason what was tried, in a sentence without a full stop
     */
    record Unknown(String reason) implements StoreAnswer {}
}
