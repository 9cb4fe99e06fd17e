package io.genapi.gateway.responses;

import io.genapi.gateway.job.JobDocument;

/** What can be said of a response that somebody asked for. */
public sealed interface ResponseAnswer {

    /** There is one. */
    record Found(StoredResponse response, JobDocument job) implements ResponseAnswer {}

    /** There is none, or none that may be asked for, or none any longer. */
    record NotFound() implements ResponseAnswer {}

    /**
     * It cannot be told now; asking again may help.
     *
     * @param reason in a sentence without a full stop
     */
    record Unknown(String reason) implements ResponseAnswer {}
}
