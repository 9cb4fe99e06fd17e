package io.genapi.cli.run;

import io.genapi.cli.client.Answer;
import io.genapi.cli.client.Gateway;
import io.genapi.cli.client.UnreachableGatewayException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the jobs of a batch file and writes their results. It can be stopped at any moment and started again: what was
 * submitted is in the journal, what came back in the result file, and neither is submitted again.
 */
public final class BatchRun {

    private static final Duration LONG_POLL = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);

    private final Gateway gateway;
    private final List<BatchLine> lines;
    private final Path out;
    private final Semaphore window;
    private final RunListener listener;
    private final Phaser submissions = new Phaser(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    private BatchRun(Gateway gateway, List<BatchLine> lines, Path out, int concurrency, RunListener listener) {
        this.gateway = gateway;
        this.lines = lines;
        this.out = out;
        this.window = new Semaphore(concurrency);
        this.listener = listener;
    }

    /**
     * Reads the file; nothing is submitted yet.
     *
     * @param concurrency how many jobs are open at once
     * @throws InvalidBatchException if a line is wrong
     */
    public static BatchRun prepare(Gateway gateway, Path file, Path out, int concurrency, RunListener listener)
            throws IOException {
        return new BatchRun(gateway, BatchFile.read(file), out, concurrency, listener);
    }

    /**
     * Runs what is not done yet and returns when all is, or when {@link #stop()} was called.
     *
     * @throws IOException if the journal or the result file cannot be written
     */
    public RunSummary execute() throws IOException, InterruptedException {
        try (RunJournal journal = RunJournal.open(out.resolveSibling(out.getFileName() + ".journal"));
                ResultFile results = ResultFile.open(out)) {
            refuseChangedLines(journal);
            listener.begin(lines.size(), results.count(lines, true), results.count(lines, false));
            try (ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor()) {
                for (BatchLine line : lines) {
                    if (results.has(line)) {
                        continue;
                    }
                    window.acquire();
                    if (stopping) {
                        break;
                    }
                    var _ = jobs.submit(() -> run(line, journal, results));
                }
                awaitEnd(jobs);
            }
            rethrow(failure.get());
            return new RunSummary(lines.size(), results.count(lines, true), results.count(lines, false), out);
        } finally {
            listener.end();
        }
    }

    private void refuseChangedLines(RunJournal journal) {
        List<String> changed = lines.stream()
                .filter(journal::contradicts)
                .map(line ->
                        "line %d has another body than the job that ran under its custom_id '%s'; give it another, or name another --out"
                                .formatted(line.number(), line.customId()))
                .toList();
        if (!changed.isEmpty()) {
            throw new InvalidBatchException(out, changed);
        }
    }

    private void awaitEnd(ExecutorService jobs) throws InterruptedException {
        jobs.shutdown();
        while (!jobs.awaitTermination(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            if (stopping) {
                submissions.arriveAndAwaitAdvance();
                jobs.shutdownNow();
            }
        }
    }

    /**
     * Ends the run: no further job is submitted, and those submissions that are under way are journaled. Jobs that were
     * submitted go on in the broker. Thread-safe.
     */
    public void stop() {
        stopping = true;
        window.release(lines.size() + 1);
    }

    private void run(BatchLine line, RunJournal journal, ResultFile results) {
        try {
            Optional<String> job = durableJob(line, journal);
            if (job.isEmpty()) {
                job = submit(line, journal, results);
            }
            if (job.isPresent()) {
                collect(line, job.get(), results);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException broken) {
            failure.compareAndSet(null, broken);
            stop();
        } finally {
            window.release();
        }
    }

    /** The job that the line is known to have become, looked up where its submission was not confirmed. */
    private Optional<String> durableJob(BatchLine line, RunJournal journal) throws InterruptedException {
        Optional<String> job = journal.jobOf(line);
        if (job.isEmpty() || journal.isConfirmed(line)) {
            return job;
        }
        while (true) {
            Answer answer = look(job.get(), Duration.ZERO);
            if (answer.successful() || answer.status() == 404) {
                return answer.successful() ? job : Optional.empty();
            }
            pause(answer.retryAfter().orElse(PAUSE));
        }
    }

    /** The job that the line became; empty where it was refused, which is then its result, or where the run ends. */
    private Optional<String> submit(BatchLine line, RunJournal journal, ResultFile results)
            throws IOException, InterruptedException {
        while (!stopping) {
            Answer answer = submitOnce(line, journal);
            if (answer.successful()) {
                return journal.jobOf(line);
            }
            if (answer.status() < 500 && answer.status() != 429) {
                finish(
                        line,
                        null,
                        answer.status(),
                        answer.header("X-Request-ID").orElse(""),
                        answer.json(),
                        results);
                return Optional.empty();
            }
            pause(answer.retryAfter().orElse(PAUSE));
            Optional<String> landed =
                    answer.header("Location").isPresent() ? durableJob(line, journal) : Optional.empty();
            if (landed.isPresent()) {
                return landed;
            }
        }
        return Optional.empty();
    }

    /** One submission whose outcome is in the journal before anything can end this process in good order. */
    private Answer submitOnce(BatchLine line, RunJournal journal) throws IOException, InterruptedException {
        submissions.register();
        try {
            Answer answer = gateway.submit(line.body());
            Optional<String> location = answer.header("Location");
            if (location.isPresent()) {
                String path = location.get();
                journal.submitted(line, path.substring(path.lastIndexOf('/') + 1), answer.successful());
            }
            return answer;
        } finally {
            submissions.arriveAndDeregister();
        }
    }

    private void collect(BatchLine line, String id, ResultFile results) throws IOException, InterruptedException {
        while (!stopping) {
            Answer answer = look(id, LONG_POLL);
            JsonNode job = answer.json();
            if (answer.status() == 404 || answer.status() == 410) {
                finish(line, id, answer.status(), "", job, results);
                return;
            }
            if (answer.successful() && (job.has("result") || job.has("error"))) {
                JsonNode body = job.has("result")
                        ? job.path("result")
                        : JsonMapper.shared().createObjectNode().set("error", job.path("error"));
                finish(
                        line,
                        id,
                        job.path("http_status").asInt(500),
                        job.path("request_id").asString(""),
                        body,
                        results);
                return;
            }
            pause(answer.successful() ? BETWEEN_POLLS : answer.retryAfter().orElse(PAUSE));
        }
    }

    /** Reading is safe to repeat, so a gateway that comes and goes is waited for. */
    private Answer look(String id, Duration wait) throws InterruptedException {
        while (true) {
            try {
                return gateway.job(id, wait);
            } catch (UnreachableGatewayException gone) {
                if (stopping) {
                    throw new InterruptedException();
                }
                pause(PAUSE);
            }
        }
    }

    private void finish(
            BatchLine line, @Nullable String job, int status, String requestId, JsonNode body, ResultFile results)
            throws IOException {
        results.write(line, job, status, requestId, body);
        listener.finished(status == 200);
    }

    @SuppressWarnings("ThreadSleep")
    private static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException broken -> throw broken;
            case RuntimeException broken -> throw broken;
            default -> throw new IllegalStateException(failure);
        }
    }
}
