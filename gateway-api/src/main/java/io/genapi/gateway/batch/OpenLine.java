package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.ResponseEcho;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request of a batch on its way to its end. Holds its body until nobody needs that any more, and the room in memory
 * that it takes as long. Used by one thread.
 */
final class OpenLine {

    private final BatchTerms terms;
    private final String key;
    private final JobId job;
    private final String customId;
    private final Optional<String> model;
    private final LineForm form;
    private final SharedRoom.Share memory;
    private final long bytes;
    private byte @Nullable [] body;
    private Optional<LineForm.Handed> handed = Optional.empty();
    private boolean entered;

    /**
     * @param number of the line in the file, from 1
     * @param form of the batch's endpoint
     * @param memory in which it has taken a place
     * @param bytes of that place
     */
    OpenLine(Batch batch, int number, LineReading.Request line, LineForm form, SharedRoom.Share memory, long bytes) {
        this.terms = batch.terms();
        this.key = batch.id().lineKey(number);
        this.job = job(batch, number);
        this.customId = line.customId();
        this.model = line.model();
        this.form = form;
        this.body = line.body();
        this.memory = memory;
        this.bytes = bytes;
    }

    /** The job of one line, whoever submits it. */
    static JobId job(Batch batch, int number) {
        return JobId.ofKey(batch.terms().tenant(), batch.id().lineKey(number));
    }

    JobId job() {
        return job;
    }

    String customId() {
        return customId;
    }

    /** What is wrong with it, as far as it can be seen of itself. */
    Optional<ApiError> objection() {
        return form.objection(body());
    }

    /** @throws IllegalStateException if it has been dropped */
    private byte[] body() {
        byte[] held = body;
        if (held == null) {
            throw new IllegalStateException("the body of job '" + job + "' has been dropped");
        }
        return held;
    }

    /** It is answered, or Kafka has it. May be told more than once. */
    void dropBody() {
        if (body != null) {
            body = null;
            memory.giveBack(bytes);
        }
    }

    /** Its tenant's gate has let it in. */
    void enter() {
        entered = true;
    }

    boolean hasEntered() {
        return entered;
    }

    /** Whether what it comes to depends on earlier jobs. */
    boolean reachesBack() {
        return form.reachesBack(body());
    }

    /** What it comes to. */
    LineForm.Reading read() throws InterruptedException {
        return form.read(body(), terms.tenant());
    }

    /**
     * What its endpoint answers where it has succeeded; empty where that can no longer be told.
     *
     * @param inHaste whether nobody should be waited for any longer
     */
    Optional<byte[]> answer(Reply reply, BooleanSupplier inHaste) throws InterruptedException {
        return form.answer(job, handed, reply, inHaste);
    }

    /** Kafka has it, as this gateway made it. */
    void handedOver(LineForm.Reading.Valid content, Instant at) {
        handed = content.echo()
                .filter(ResponseEcho::isSmall)
                .flatMap(echo -> model.map(name -> new LineForm.Handed(name, at, echo)));
        dropBody();
    }

    JobRequest request(LineForm.Reading.Valid content, Instant now) {
        return new JobRequest(
                job,
                Lane.FLEX,
                terms.tenant(),
                Correlation.of(CorrelationId.of(key)),
                new RequestId(key),
                now,
                Optional.of(terms.expiresAt()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                content.echo(),
                Optional.of(JobApi.BATCH),
                Optional.empty(),
                content.body());
    }

    /** The wish for the job's end. */
    JobEvent cancelRequest(Instant now) {
        return new JobEvent(
                job,
                JobEvent.Kind.CANCEL_REQUESTED,
                terms.tenant(),
                Correlation.of(CorrelationId.of(key)),
                new RequestId(key),
                now,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
