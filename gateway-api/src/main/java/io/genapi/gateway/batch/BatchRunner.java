package io.genapi.gateway.batch;

import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the batches that are this gateway's, in threads of its own between start and close. */
public final class BatchRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** Others wait: each may hold two parts of uploads in memory. */
    public static final int MAX_RUNS = 16;

    private static final RunOrder ORDER = new RunOrder(MAX_RUNS);

    private final RunTools tools;
    private final Predicate<BatchId> mine;
    private final Map<BatchId, Thread> runs = new ConcurrentHashMap<>();
    private final Map<BatchId, Instant> notBefore = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch =
            Thread.ofPlatform().name("batch-runner").daemon().unstarted(this::watch);

    /** @param mine whether this gateway is to run a batch */
    public BatchRunner(RunTools tools, Predicate<BatchId> mine) {
        this.tools = tools;
        this.mine = mine;
    }

    public void start() {
        watch.start();
    }

    private void watch() {
        try {
            while (!closed.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            if (!due().isEmpty()) {
                tools.log().catchUp();
                ORDER.next(due(), running()).forEach(batch -> begin(batch.id()));
            }
            for (Batch ended : tools.index().contradicted()) {
                if (mine.test(ended.id())) {
                    tools.log()
                            .write(new BatchNews.Moved(
                                    ended.id(),
                                    ended.terms(),
                                    ended.progress(),
                                    tools.clock().instant()));
                }
            }
        } catch (LogUnavailableException unknown) {
            LOG.warn("Batches are not looked after now: {}", unknown.getMessage());
        }
    }

    private List<Batch> due() {
        Instant now = tools.clock().instant();
        return tools.index().open().stream()
                .filter(batch -> mine.test(batch.id()) && !runs.containsKey(batch.id()))
                .filter(batch ->
                        !notBefore.getOrDefault(batch.id(), Instant.MIN).isAfter(now))
                .toList();
    }

    private List<TenantId> running() {
        return runs.keySet().stream()
                .flatMap(id -> tools.index().find(id).stream())
                .map(batch -> batch.terms().tenant())
                .toList();
    }

    private void begin(BatchId id) {
        Thread thread = Thread.ofVirtual().name("batch-" + id).unstarted(() -> run(id));
        runs.put(id, thread);
        thread.start();
    }

    private void run(BatchId id) {
        try {
            LOG.atInfo().addKeyValue("batch_id", id.value()).log("This gateway runs a batch");
            new BatchRun(id, tools, () -> isOpen() && mine.test(id)).run();
            notBefore.remove(id);
        } catch (InterruptedException stopped) {
            LOG.atInfo().addKeyValue("batch_id", id.value()).log("This gateway no longer runs a batch");
        } catch (IOException | RuntimeException failure) {
            notBefore.put(id, tools.clock().instant().plus(BEFORE_ANOTHER_TRY));
            LOG.atWarn().addKeyValue("batch_id", id.value()).setCause(failure).log("A batch will be tried again");
        } finally {
            runs.remove(id);
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Lets go of all batches; their jobs go on, and another gateway takes them over. */
    @Override
    public void close() {
        closed.countDown();
        runs.values().forEach(Thread::interrupt);
        try {
            watch.join(CLOSE_PATIENCE);
            for (Thread run : List.copyOf(runs.values())) {
                run.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
