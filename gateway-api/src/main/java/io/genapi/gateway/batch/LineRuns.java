package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RequestId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one batch, many at once, and what comes of them. One thread runs it, and each request has one more; that
 * one thread looks after the rest each second.
 */
final class LineRuns implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);

    /** Where it is told how far the batch has come. */
    interface Chronicle {
        void write(BatchTerms terms, BatchProgress progress) throws InterruptedException;
    }

    private final BatchId id;
    private final Batch batch;
    private final InputStream input;
    private final boolean mayExist;
    private final RunTools tools;
    private final BooleanSupplier mine;
    private final Chronicle chronicle;
    private final BatchOutput answers;
    private final BatchOutput errors;
    private final ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger notRun = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile Optional<BatchStep.Reason> drained = Optional.empty();
    private BatchProgress told;
    private Instant nextLook = Instant.MIN;

    /**
     * @param input the batch's file from its beginning; its own from here on
     * @param fresh whether nobody else can have submitted any of the requests
     */
    LineRuns(Batch batch, InputStream input, boolean fresh, RunTools tools, BooleanSupplier mine, Chronicle chronicle) {
        this.id = batch.id();
        this.batch = batch;
        this.input = input;
        this.mayExist = !fresh;
        this.tools = tools;
        this.mine = mine;
        this.chronicle = chronicle;
        this.told = batch.progress();
        this.answers =
                new BatchOutput(tools.blobs(), id.outputFile(), id + "_output.jsonl", tools.clock(), tools.random());
        this.errors =
                new BatchOutput(tools.blobs(), id.errorFile(), id + "_error.jsonl", tools.clock(), tools.random());
    }

    /** Returns when all requests have ended, and the batch with them. */
    void run() throws IOException, InterruptedException {
        TextLines text = new TextLines(input, tools.maxLineBytes());
        for (Optional<TextLines.Line> line = text.next(); line.isPresent(); line = text.next()) {
            begin(line.get());
        }
        while (open.get() > 0) {
            tools.pause().rest(Duration.ofMillis(20));
            look();
        }
        nextLook = Instant.MIN;
        look();
        conclude();
    }

    private void begin(TextLines.Line line) throws IOException, InterruptedException {
        if (!(LineReader.read(line, batch.terms().endpoint()) instanceof LineReading.Request request)) {
            throw new IOException("line " + line.number() + " of the file is not what it was when it was looked at");
        }
        look();
        while (!tools.window().tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            look();
        }
        boolean entered;
        try {
            entered = enter();
        } catch (InterruptedException | IOException | RuntimeException given) {
            tools.window().release();
            throw given;
        }
        open.incrementAndGet();
        var _ = lines.submit(() -> carry(line.number(), request, entered));
    }

    /** False where the batch is no longer to be run, so that nothing will be made. */
    private boolean enter() throws IOException, InterruptedException {
        while (drained.isEmpty()) {
            Optional<Duration> pause = tools.gate().enter(batch.terms().tenant());
            if (pause.isEmpty()) {
                return true;
            }
            tools.pause().rest(pause.get().compareTo(TICK) < 0 ? pause.get() : TICK);
            look();
        }
        return false;
    }

    private void carry(int number, LineReading.Request line, boolean entered) {
        try {
            JobId job = JobId.ofKey(batch.terms().tenant(), id.lineKey(number));
            LineEnd end = settled(runOne(number, job, line));
            byte[] result = ResultLine.of(job, line.customId(), end, drained.orElse(BatchStep.Reason.EXPIRED));
            (end.isCompleted() ? answers : errors).add(result);
            count(end);
        } catch (BlobStoreException | RuntimeException unexpected) {
            failure.compareAndSet(null, unexpected);
        } catch (InterruptedException stopped) {
            failure.compareAndSet(null, stopped);
        } finally {
            if (entered) {
                tools.gate().left(batch.terms().tenant());
            }
            tools.window().release();
            open.decrementAndGet();
        }
    }

    private LineEnd runOne(int number, JobId job, LineReading.Request line) throws InterruptedException {
        return switch (ChatRequestReader.read(line.body())) {
            case ChatRequestReading.Invalid(ApiError error) -> new LineEnd.Refused(error);
            case ChatRequestReading.Valid(var body)
            when body.stream() ->
                new LineEnd.Refused(ApiError.invalidRequest(
                        400,
                        "unsupported_parameter",
                        "stream",
                        "Requests of a batch cannot be streamed. Leave 'stream' out, or send false."));
            case ChatRequestReading.Valid _ ->
                tools.jobs().run(request(number, job, line), mayExist, () -> drained.isPresent());
        };
    }

    private JobRequest request(int number, JobId job, LineReading.Request line) {
        String key = id.lineKey(number);
        return new JobRequest(
                job,
                Lane.FLEX,
                batch.terms().tenant(),
                Correlation.of(CorrelationId.of(key)),
                new RequestId(key),
                tools.clock().instant(),
                Optional.of(batch.terms().expiresAt()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                line.body());
    }

    /** What the batch's own end did to a job is told in the batch's words. */
    private LineEnd settled(LineEnd end) {
        boolean ours = end instanceof LineEnd.Answered(Reply reply)
                && (reply.status() == JobStatus.EXPIRED
                        || (reply.status() == JobStatus.CANCELLED && drained.isPresent()));
        return ours ? new LineEnd.NotRun() : end;
    }

    private void count(LineEnd end) {
        (end.isCompleted() ? completed : failed).incrementAndGet();
        if (end instanceof LineEnd.NotRun) {
            notRun.incrementAndGet();
        }
    }

    /** Once a second: whether it goes on, and how far it has come. */
    private void look() throws IOException, InterruptedException {
        Exception failed = failure.get();
        if (failed != null) {
            throw failed instanceof IOException broken ? broken : new IOException(failed);
        }
        Instant now = tools.clock().instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(TICK);
        if (!mine.getAsBoolean()) {
            throw new InterruptedException("another gateway runs it");
        }
        if (drained.isEmpty()) {
            drained = tools.index().find(id).flatMap(current -> BatchPolicy.drainReason(current, now));
        }
        BatchProgress standing = told.counting(counts());
        boolean cancelled = drained.filter(BatchStep.Reason.CANCELLED::equals).isPresent();
        tell(cancelled ? standing.moved(BatchStatus.CANCELLING, now) : standing);
    }

    /** Who has taken over sees again what its predecessor saw: no number goes back meanwhile. */
    private BatchCounts counts() {
        BatchCounts before = told.counts();
        return new BatchCounts(
                before.total(), Math.max(before.completed(), completed.get()), Math.max(before.failed(), failed.get()));
    }

    private void tell(BatchProgress progress) throws InterruptedException {
        if (!progress.equals(told)) {
            chronicle.write(batch.terms(), progress);
            told = progress;
        }
    }

    private void conclude() throws IOException, InterruptedException {
        BatchStatus end = BatchPolicy.end(drained, notRun.get());
        BatchCounts counts = new BatchCounts(told.counts().total(), completed.get(), failed.get());
        if (end != BatchStatus.CANCELLED) {
            tell(told.counting(counts)
                    .moved(BatchStatus.FINALIZING, tools.clock().instant()));
        }
        BatchProgress kept =
                told.counting(counts).with(answers.keep(batch, tools.shelf()), errors.keep(batch, tools.shelf()));
        tell(kept.moved(end, tools.clock().instant()));
    }

    /** Ends what is still open here; its jobs go on. */
    @Override
    public void close() throws IOException {
        lines.shutdownNow();
        lines.close();
        answers.close();
        errors.close();
        input.close();
    }
}
