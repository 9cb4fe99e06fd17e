package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.ResponseEcho;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the requests of one endpoint are as jobs, and how that endpoint tells what came of them. Thread-safe. */
public interface LineForm {

    /** What is wrong with a request, as far as it can be seen of itself. */
    Optional<ApiError> objection(byte[] request);

    /** Whether what a request comes to depends on earlier jobs: that may take a while, and be much longer than its line. */
    boolean reachesBack(byte[] request);

    /**
     * The request as a job's. The same request comes to the same each time, as long as all that it names is there.
     *
     * @param tenant whose request it is
     */
    Reading read(byte[] request, TenantId tenant) throws InterruptedException;

    /** What a request comes to. */
    sealed interface Reading {

        /**
         * What a job is made of.
         *
         * @param body a chat completion request; not to be changed
         */
        @SuppressWarnings("ArrayRecordComponent") // A body is up to 10 MiB: it is handed on, never copied or compared.
        record Valid(byte[] body, Optional<ResponseEcho> echo) implements Reading {}

        /** No job will come of it. */
        record Refused(ApiError error) implements Reading {}

        /**
         * It cannot be told now; asking again may help.
         *
         * @param reason in a sentence without a full stop
         */
        record Unknown(String reason) implements Reading {}
    }

    /**
     * What the endpoint answers when a job has succeeded.
     *
     * @param handed what is still known of the request here; empty where another gateway handed it over
     * @param answer a completion
     * @param inHaste asked time and again: whether nobody should be waited for any longer
     * @return empty where what the answer is made of is no longer kept, or cannot be told in time
     */
    Optional<byte[]> answer(JobId job, Optional<Handed> handed, Reply answer, BooleanSupplier inHaste)
            throws InterruptedException;

    /**
     * What a gateway keeps of a request that it has handed over.
     *
     * @param at when it was
     */
    record Handed(String model, Instant at, ResponseEcho echo) {}
}
