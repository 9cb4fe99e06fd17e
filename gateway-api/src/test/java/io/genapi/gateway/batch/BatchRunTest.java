package io.genapi.gateway.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.cancel.CancelPublisher;
import io.genapi.gateway.file.FileIndex;
import io.genapi.gateway.file.FileLog;
import io.genapi.gateway.file.FileShelf;
import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.submit.JobPublisher;
import io.genapi.runtime.blob.BlobKey;
import io.genapi.runtime.blob.DirectoryBlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.batch.FilePurpose;
import io.genapi.schemas.batch.StoredFile;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where vendors answer at once, or as soon as they are asked for enough. */
class BatchRunTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final BatchId ID = BatchId.mint(new Random(1));
    private static final BatchTerms TERMS = new BatchTerms(
            TenantId.DEFAULT,
            FileId.mint(new Random(2)),
            "/v1/chat/completions",
            "24h",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOW,
            NOW.plusSeconds(86_400));
    private static final BlobKey INPUT = BlobKey.mint(NOW, new Random(3));
    private static final String GOOD = line("good", "POST");

    @TempDir
    Path directory;

    private final BatchIndex index = new BatchIndex();
    private final FileIndex files = new FileIndex();
    private final PartitionOwnership ownership = new PartitionOwnership();
    private final PendingReplies replies = new PendingReplies(ownership, 1);
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final Queue<JobId> unanswered = new ConcurrentLinkedQueue<>();
    private final Jobs store = new Jobs();
    private int answeredFrom = 1;
    private DirectoryBlobStore blobs;
    private Instant now = NOW;

    private static String line(String id, String method) {
        return """
                {"custom_id":"%s","method":"%s","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"x"}]}}
                """.formatted(id, method);
    }

    @BeforeEach
    void open() throws IOException {
        blobs = DirectoryBlobStore.open(directory, new PlaceOwner("cluster-1", "genapi"));
        ownership.gain(List.of(0));
        index.take(new BatchNews.Asked(ID, TERMS));
    }

    private void file(String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        blobs.put(INPUT, new ByteArrayInputStream(bytes));
        files.take(new StoredFile(
                TERMS.input(),
                TERMS.tenant(),
                "in.jsonl",
                FilePurpose.BATCH,
                bytes.length,
                new BodyDigest("0".repeat(64)),
                INPUT.value(),
                NOW,
                NOW.plusSeconds(86_400)));
    }

    /** It has been looked at by somebody else. */
    private void begun(int total) {
        index.take(new BatchNews.Moved(
                ID,
                TERMS,
                BatchProgress.BEGINNING
                        .of("m")
                        .counting(new BatchCounts(total, 0, 0))
                        .moved(BatchStatus.IN_PROGRESS, NOW),
                NOW));
    }

    private BatchProgress run() throws IOException, InterruptedException {
        InstantSource clock = () -> now;
        Log log = new Log();
        FileShelf shelf = new FileShelf(
                blobs,
                files,
                log,
                new FileShelf.Limits(1 << 20, 10, Duration.ofDays(1), Duration.ofDays(1)),
                index::isRead,
                clock,
                new Random(4));
        LineJobs jobs = new LineJobs(
                request -> {
                    unanswered.add(request.id());
                    if (published.incrementAndGet() >= answeredFrom) {
                        answer();
                    }
                    return new JobPublisher.Outcome.Acknowledged();
                },
                replies,
                new ReplyWait(store, Duration.ofSeconds(1), clock),
                store,
                _ -> new CancelPublisher.Outcome.Acknowledged(),
                clock,
                Thread::sleep);
        RunTools tools = new RunTools(
                index,
                log,
                shelf,
                blobs,
                jobs,
                new Gate(),
                new SharedRoom(10, 2),
                new SharedRoom(100, 2),
                Map.of(ChatLines.ENDPOINT, new ChatLines()),
                (_, _) -> true,
                1 << 20,
                clock,
                new Random(5),
                Thread::sleep);
        new BatchRun(ID, tools, () -> true).run();
        return index.find(ID).orElseThrow().progress();
    }

    private void answer() {
        for (JobId job = unanswered.poll(); job != null; job = unanswered.poll()) {
            replies.arrived(job, reply());
        }
    }

    private static Reply reply() {
        return new Reply(
                JobStatus.SUCCEEDED,
                200,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    private String content(Optional<FileId> file) throws IOException {
        StoredFile kept = files.find(file.orElseThrow()).orElseThrow();
        try (InputStream content = blobs.open(new BlobKey(kept.blob())).orElseThrow()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersMoreRequestsThanThereIsRoomForAtOnce() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lines.append(line("line-" + i, "POST"));
        }
        file(lines.toString());

        BatchProgress end = run();

        assertEquals(BatchStatus.COMPLETED, end.status());
        assertEquals(new BatchCounts(100, 100, 0), end.counts());
        assertEquals(100, content(end.output()).lines().count());
        assertEquals(0, entered.get(), "who entered has left");
    }

    @Test
    @Timeout(60)
    void takesNoRoomInMemoryForWhatKafkaHas() throws Exception {
        file(GOOD + line("second", "POST") + line("third", "POST"));
        answeredFrom = 3;

        assertEquals(new BatchCounts(3, 3, 0), run().counts(), "there is room for the body of one at a time");
    }

    @Test
    void failsWhereItsFileHasGoneAfterItWasLookedAt() throws Exception {
        begun(1);

        BatchProgress end = run();

        assertEquals(BatchStatus.FAILED, end.status());
        assertEquals("file_not_found", end.faults().getFirst().code());
    }

    @Test
    void endsWithoutItsFileAsItWasToEndAnyway() throws Exception {
        begun(1);
        now = TERMS.expiresAt();

        assertEquals(BatchStatus.EXPIRED, run().status());
    }

    @Test
    void isCancelledWithoutItsFile() throws Exception {
        begun(1);
        index.take(new BatchNews.CancelRequested(ID, NOW));

        assertEquals(BatchStatus.CANCELLED, run().status());
    }

    @Test
    void refusesALineThatIsNoRequestAnyMoreAndRunsTheOthers() throws Exception {
        file(GOOD + "{\n" + line("odd", "\\ud800"));
        begun(3);

        BatchProgress end = run();

        assertEquals(BatchStatus.COMPLETED, end.status());
        assertEquals(new BatchCounts(3, 1, 2), end.counts());
        String errors = content(end.error());
        assertEquals(2, errors.lines().count());
        assertTrue(errors.contains("invalid_json_line"), errors);
        assertTrue(errors.contains("invalid_method"), errors);
    }

    @Test
    void isNotCompletedWhereItsFileEndsEarly() throws Exception {
        file(GOOD);
        begun(2);

        assertThrows(IOException.class, this::run);

        assertEquals(
                BatchStatus.IN_PROGRESS, index.find(ID).orElseThrow().progress().status());
    }

    @Test
    void expiresWhereItsFileEndsEarlyAndItsTimeIsOver() throws Exception {
        file(GOOD);
        begun(2);
        now = TERMS.expiresAt();

        BatchProgress end = run();

        assertEquals(BatchStatus.EXPIRED, end.status());
        assertEquals(new BatchCounts(2, 0, 2), end.counts());
    }

    @Test
    void asksNobodysLeaveForWhatHasBeenAnswered() throws Exception {
        file(GOOD);
        begun(1);
        store.answer =
                new StoreAnswer.Found("{\"status\":\"succeeded\",\"http_status\":200,\"attempts\":1,\"result\":{}}"
                        .getBytes(StandardCharsets.UTF_8));

        assertEquals(new BatchCounts(1, 1, 0), run().counts());
        assertEquals(0, published.get());
    }

    /** Knows all at once. */
    private final class Log implements BatchLog, FileLog {

        @Override
        public void write(BatchNews news) {
            index.take(news);
        }

        @Override
        public void remove(BatchId id) {
            index.forget(id);
        }

        @Override
        public void write(StoredFile file) {
            files.take(file);
        }

        @Override
        public void remove(FileId id) {
            files.forget(id);
        }

        @Override
        public void catchUp() {
            // It is up to date.
        }
    }

    private final class Gate implements LineGate {

        @Override
        public Optional<Duration> enter(TenantId tenant) {
            assertTrue(store.answer instanceof StoreAnswer.NotFound, "only what is not there is let in");
            entered.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public void left(TenantId tenant) {
            entered.decrementAndGet();
        }
    }

    /** Has one answer for all. */
    private static final class Jobs implements JobStore {

        private volatile StoreAnswer answer = new StoreAnswer.NotFound();

        @Override
        public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
            return answer;
        }

        @Override
        public StoreAnswer list(JobQuery query) {
            throw new UnsupportedOperationException();
        }
    }
}
