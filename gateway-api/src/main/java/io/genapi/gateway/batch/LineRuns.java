package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The requests of one batch, many at once, and what comes of them. One thread runs it, and each request has one more; that
 * one thread looks after the rest each second.
 */
final class LineRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineRuns.class);

    private static final Duration TICK = Duration.ofSeconds(1);

    private static final LineEnd UNWRITABLE = new LineEnd.Refused(ApiError.server(
            500,
            "result_unwritable",
            "What came of this request cannot be written as JSON. Look its job up by the request_id."));

    /** Where it is told how far the batch has come. */
    interface Chronicle {
        void write(BatchTerms terms, BatchProgress progress) throws InterruptedException;
    }

    private final BatchId id;
    private final Batch batch;
    private final InputStream input;
    private final boolean mayExist;
    private final LineForm form;
    private final RunTools tools;
    private final BooleanSupplier mine;
    private final Chronicle chronicle;
    private final SharedRoom.Share openLines;
    private final SharedRoom.Share openBytes;
    private final ReentrantLock entrance = new ReentrantLock(true);
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
        this.form = tools.form(batch.terms().endpoint());
        this.tools = tools;
        this.mine = mine;
        this.chronicle = chronicle;
        this.told = batch.progress();
        this.openLines = tools.openLines().join();
        this.openBytes = tools.openBytes().join();
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
        look();
        switch (LineReader.read(line, batch.terms().endpoint())) {
            case LineReading.Faulty faulty ->
                keep(OpenLine.job(batch, line.number()), Optional.empty(), refused(faulty));
            case LineReading.Request request -> {
                long bytes = line.bytes().length;
                take(openLines, 1);
                take(openBytes, bytes);
                OpenLine opened = new OpenLine(batch, line.number(), request, form, openBytes, bytes);
                open.incrementAndGet();
                var _ = lines.submit(() -> carry(opened));
            }
        }
    }

    private void take(SharedRoom.Share room, long count) throws IOException, InterruptedException {
        while (!room.tryTake(count, TICK)) {
            look();
        }
    }

    /** Its file was looked at before, but not by this version, or not as it is now. */
    private static LineEnd refused(LineReading.Faulty line) {
        return new LineEnd.Refused(line.param()
                .map(param -> ApiError.invalidRequest(400, line.code(), param, line.message()))
                .orElseGet(() -> ApiError.invalidRequest(400, line.code(), line.message())));
    }

    private void carry(OpenLine line) {
        try {
            LineEnd end = told(line, settled(runOne(line)));
            line.dropBody();
            keep(line.job(), Optional.of(line.customId()), end);
        } catch (BlobStoreException | RuntimeException unexpected) {
            failure.compareAndSet(null, unexpected);
        } catch (InterruptedException stopped) {
            failure.compareAndSet(null, stopped);
        } finally {
            line.dropBody();
            if (line.hasEntered()) {
                tools.gate().left(batch.terms().tenant());
            }
            openLines.giveBack(1);
            open.decrementAndGet();
        }
    }

    private LineEnd runOne(OpenLine line) throws InterruptedException {
        Optional<ApiError> objection = line.objection();
        return objection.isPresent()
                ? new LineEnd.Refused(objection.get())
                : tools.jobs().run(line, mayExist, () -> enter(line), () -> drained.isPresent());
    }

    /** In the words of the batch's endpoint. */
    private LineEnd told(OpenLine line, LineEnd end) throws InterruptedException {
        if (!(end instanceof LineEnd.Answered(Reply reply)) || reply.status() != JobStatus.SUCCEEDED) {
            return end;
        }
        return line.answer(reply, () -> drained.isPresent())
                .<LineEnd>map(body -> new LineEnd.Answered(reply.with(body)))
                .orElseGet(LineEnd.Lost::new);
    }

    /** One after another. False where the batch is no longer to be run, so that nothing will be made. */
    private boolean enter(OpenLine line) throws InterruptedException {
        if (line.hasEntered()) {
            return true;
        }
        entrance.lockInterruptibly();
        try {
            while (drained.isEmpty()) {
                Optional<Duration> pause = tools.gate().enter(batch.terms().tenant());
                if (pause.isEmpty()) {
                    line.enter();
                    return true;
                }
                tools.pause().rest(pause.get().compareTo(TICK) < 0 ? pause.get() : TICK);
            }
            return false;
        } finally {
            entrance.unlock();
        }
    }

    private void keep(JobId job, Optional<String> customId, LineEnd end) throws BlobStoreException {
        BatchStep.Reason reason = drained.orElse(BatchStep.Reason.EXPIRED);
        try {
            add(ResultLine.of(job, customId, end, reason), end);
        } catch (JacksonException unwritable) {
            LOG.atWarn()
                    .addKeyValue("batch_id", id.value())
                    .addKeyValue("job_id", job.value())
                    .setCause(unwritable)
                    .log("What came of a request cannot be written as JSON");
            add(ResultLine.of(job, customId, UNWRITABLE, reason), UNWRITABLE);
        }
    }

    private void add(byte[] line, LineEnd end) throws BlobStoreException {
        (end.isCompleted() ? answers : errors).add(line);
        (end.isCompleted() ? completed : failed).incrementAndGet();
        if (end instanceof LineEnd.NotRun) {
            notRun.incrementAndGet();
        }
    }

    /** What the batch's own end did to a job is told in the batch's words. */
    private LineEnd settled(LineEnd end) {
        boolean ours = end instanceof LineEnd.Answered(Reply reply)
                && (reply.status() == JobStatus.EXPIRED
                        || (reply.status() == JobStatus.CANCELLED && drained.isPresent()));
        return ours ? new LineEnd.NotRun() : end;
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
        Optional<Batch> current = tools.index().find(id);
        if (current.filter(known -> known.progress().status().isTerminal()).isPresent()) {
            throw new InterruptedException("another gateway has ended it");
        }
        if (drained.isEmpty()) {
            drained = current.flatMap(known -> BatchPolicy.drainReason(known, now));
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
        int total = told.counts().total();
        int missing = total - completed.get() - failed.get();
        if (missing != 0 && drained.isEmpty()) {
            throw new IOException(
                    "the file has %d requests now, and had %d when it was looked at".formatted(total - missing, total));
        }
        BatchStatus end = BatchPolicy.end(drained, notRun.get() + Math.max(0, missing));
        BatchCounts counts = new BatchCounts(total, completed.get(), failed.get() + Math.max(0, missing));
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
        openLines.close();
        openBytes.close();
        answers.close();
        errors.close();
        input.close();
    }
}
