package io.genapi.gateway.batch;

import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchFault;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One batch at the gateway that runs it, from where it stands to its end. Keeps nothing of its own but what it has seen
 * since it began: whoever takes over asks the store for the rest. Used by one thread.
 */
final class BatchRun {

    private final BatchId id;
    private final RunTools tools;
    private final BooleanSupplier mine;

    /** Whether nobody else can have submitted any of its requests. */
    private boolean fresh;

    /** @param mine whether this gateway still runs it */
    BatchRun(BatchId id, RunTools tools, BooleanSupplier mine) {
        this.id = id;
        this.tools = tools;
        this.mine = mine;
    }

    /**
     * Returns when the batch has ended, or is another gateway's.
     *
     * @throws IOException if the blob store does not do what it is asked; trying again later is safe
     * @throws io.genapi.runtime.control.LogUnavailableException likewise of Kafka
     */
    void run() throws IOException, InterruptedException {
        while (mine.getAsBoolean()) {
            Optional<Batch> found = tools.index().find(id);
            if (found.isEmpty()) {
                return;
            }
            Batch batch = found.get();
            switch (BatchPolicy.next(batch, tools.clock().instant())) {
                case BatchStep.Validate() -> validate(batch);
                case BatchStep.Run(), BatchStep.Drain(var _) -> work(batch);
                case BatchStep.End(BatchStatus status) ->
                    write(
                            batch.terms(),
                            batch.progress().moved(status, tools.clock().instant()));
                case BatchStep.Nothing() -> {
                    return;
                }
            }
        }
    }

    private void validate(Batch batch) throws IOException, InterruptedException {
        BatchProgress progress = batch.progress();
        switch (look(batch.terms())) {
            case InputCheck.Verdict.Usable(int total, String model) -> {
                fresh = true;
                write(
                        batch.terms(),
                        progress.of(model)
                                .counting(new BatchCounts(total, 0, 0))
                                .moved(BatchStatus.IN_PROGRESS, tools.clock().instant()));
            }
            case InputCheck.Verdict.Unusable(List<BatchFault> faults) ->
                write(
                        batch.terms(),
                        progress.with(faults)
                                .moved(BatchStatus.FAILED, tools.clock().instant()));
        }
    }

    private InputCheck.Verdict look(BatchTerms terms) throws IOException, InterruptedException {
        Optional<InputStream> input = input(terms);
        if (input.isEmpty()) {
            return new InputCheck.Verdict.Unusable(gone(terms));
        }
        InputCheck check = new InputCheck(model -> tools.served().test(terms.tenant(), model));
        try (InputStream content = input.get()) {
            TextLines lines = new TextLines(content, tools.maxLineBytes());
            for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!check.take(line.get(), LineReader.read(line.get(), terms.endpoint()))) {
                    break;
                }
            }
        }
        return check.conclude();
    }

    private Optional<InputStream> input(BatchTerms terms) throws BlobStoreException, InterruptedException {
        Optional<StoredFile> file = tools.shelf().evenIfExpired(terms.input());
        return file.isPresent() ? tools.shelf().content(file.get()) : Optional.empty();
    }

    private void work(Batch batch) throws IOException, InterruptedException {
        Optional<InputStream> input = input(batch.terms());
        if (input.isEmpty()) {
            endWithoutInput(batch);
            return;
        }
        try (LineRuns runs = new LineRuns(batch, input.get(), fresh, tools, mine, this::write)) {
            runs.run();
        }
    }

    /** Trying again would be of no use: what has gone does not come back. */
    private void endWithoutInput(Batch batch) throws InterruptedException {
        Instant now = tools.clock().instant();
        BatchStatus end = BatchPolicy.endWithoutInput(BatchPolicy.drainReason(batch, now));
        write(batch.terms(), batch.progress().with(gone(batch.terms())).moved(end, now));
    }

    private static List<BatchFault> gone(BatchTerms terms) {
        return List.of(new BatchFault(
                "file_not_found",
                "The file '%s' is no longer there.".formatted(terms.input()),
                Optional.of("input_file_id"),
                Optional.empty()));
    }

    private void write(BatchTerms terms, BatchProgress progress) throws InterruptedException {
        tools.log().write(new BatchNews.Moved(id, terms, progress, tools.clock().instant()));
    }
}
