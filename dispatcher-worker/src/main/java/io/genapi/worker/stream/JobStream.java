package io.genapi.worker.stream;

import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One run of a job's stream: publishes the pieces of one vendor's answer, many on their way at once. Not thread-safe. */
public final class JobStream implements ChunkSink {

    /** More on their way would only fill the heap: Kafka is slower than the vendor then. */
    private static final int MOST_ON_THEIR_WAY = 500;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JobRequest job;
    private final RunId run;
    private final CallersPieces pieces;
    private final DeltaSender sender;
    private final InstantSource clock;
    private final Queue<CompletableFuture<?>> onTheirWay = new ArrayDeque<>();
    private long sent;
    private long durable;
    private @Nullable Throwable failure;

    JobStream(JobRequest job, ChatRequestBody body, RunId run, DeltaSender sender, InstantSource clock) {
        this.job = job;
        this.run = run;
        this.pieces = new CallersPieces(body.model(), body.includeUsage());
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void take(ObjectNode chunk) throws InterruptedException {
        for (ObjectNode piece : pieces.next(chunk)) {
            send(piece, false);
        }
    }

    /** Not to be interrupted: the answer has come, and was paid for. */
    private void complete() {
        Queue<ObjectNode> rest = new ArrayDeque<>(pieces.rest());
        boolean interrupted = false;
        while (!rest.isEmpty()) {
            try {
                send(rest.element(), rest.size() == 1);
                rest.remove();
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (UndeliveredException undelivered) {
                rest.clear();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(ObjectNode piece, boolean last) throws InterruptedException {
        makeRoom();
        byte[] body = JSON.writeValueAsBytes(piece);
        onTheirWay.add(sender.send(new JobDelta(
                job.id(), job.tenant(), job.correlation(), job.requestId(), run, sent, last, clock.instant(), body)));
        sent++;
    }

    private void makeRoom() throws InterruptedException {
        while (!onTheirWay.isEmpty()
                && (onTheirWay.size() >= MOST_ON_THEIR_WAY || onTheirWay.peek().isDone())) {
            try {
                onTheirWay.element().get();
            } catch (ExecutionException failed) {
                throw new UndeliveredException(failed);
            }
            onTheirWay.remove();
            durable++;
        }
    }

    /**
     * The answer is over. Waits until it is known of every piece whether it is durable, also while the thread is
     * interrupted: Kafka's client gives up on each in time.
     *
     * @param whole whether what is still held of it is to be published
     * @return what was published, up to the first piece that Kafka did not take; empty if that is nothing
     */
    public Optional<PublishedRun> end(boolean whole) {
        if (whole) {
            complete();
        }
        while (!onTheirWay.isEmpty()) {
            try {
                onTheirWay.element().join();
            } catch (CompletionException | CancellationException failed) {
                failure = failed;
                break;
            }
            onTheirWay.remove();
            durable++;
        }
        return durable == 0 ? Optional.empty() : Optional.of(new PublishedRun(run, durable));
    }

    /** @throws UndeliveredException if a piece that was sent is not durable; only after its {@link #end} */
    public void requireDelivered() {
        if (failure != null) {
            throw new UndeliveredException(failure);
        }
    }
}
