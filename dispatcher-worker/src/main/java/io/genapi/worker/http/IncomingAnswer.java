package io.genapi.worker.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way from the threads that read connections, which never wait, to the one that waits for it. What comes is
 * kept until it is read, and no more is asked for than was read: a connection's window bounds it. Every end wakes the one
 * that waits: the answer's, the connection's and {@link #fail}. Thread-safe, for one reader.
 */
final class IncomingAnswer implements AsyncResponseConsumer<Void>, FutureCallback<Void> {

    /** @param body whether anything comes behind it */
    record Head(HttpResponse response, @Nullable EntityDetails body) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ByteBuffer> parts = new ArrayDeque<>();
    private @Nullable Head head;
    private @Nullable CapacityChannel capacity;
    private @Nullable FutureCallback<Void> whole;
    private @Nullable IOException failure;
    private int read;
    private boolean asked;
    private boolean ended;

    /** The request begins to be sent: from now on silence is the vendor's. */
    void requestBegins() {
        change(() -> asked = true);
    }

    /** Whoever waits does so no longer; what has come already is lost. Of several reasons the first counts. */
    void fail(IOException reason) {
        change(() -> {
            if (failure == null) {
                failure = reason;
            }
        });
    }

    /**
     * Waits for the answer's beginning.
     *
     * @param silence the longest, from the request on
     * @throws SocketTimeoutException after that
     * @throws InterruptedIOException if the thread is interrupted; it is so still
     */
    Head head(Duration silence) throws IOException {
        lock.lock();
        try {
            while (!asked) {
                check();
                changed.await();
            }
            long left = silence.toNanos();
            while (head == null) {
                check();
                left = changed.awaitNanos(someOf(left));
            }
            return head;
        } catch (InterruptedException interrupted) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** As an {@link java.io.InputStream} does; otherwise as {@link #head}. */
    int read(byte[] into, int offset, int length, Duration silence) throws IOException {
        lock.lock();
        try {
            long left = silence.toNanos();
            while (parts.isEmpty()) {
                check();
                if (ended) {
                    return -1;
                }
                left = changed.awaitNanos(someOf(left));
            }
            ByteBuffer part = parts.element();
            int count = Math.min(length, part.remaining());
            part.get(into, offset, count);
            if (!part.hasRemaining()) {
                parts.remove();
            }
            read += count;
            askForMore();
            return count;
        } catch (InterruptedException interrupted) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing comes any more. */
    boolean isOver() {
        lock.lock();
        try {
            return ended || failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private static long someOf(long left) throws SocketTimeoutException {
        if (left <= 0) {
            throw new SocketTimeoutException("nothing came for long");
        }
        return left;
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for an answer");
    }

    private void askForMore() throws IOException {
        if (capacity != null && read > 0 && !ended) {
            capacity.update(read);
            read = 0;
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void consumeResponse(
            HttpResponse response, @Nullable EntityDetails body, HttpContext context, FutureCallback<Void> callback) {
        change(() -> {
            head = new Head(response, body);
            whole = callback;
            ended = body == null;
        });
        if (body == null) {
            callback.completed(null);
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // Such as 103: nothing that a vendor's answer needs.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        lock.lock();
        try {
            capacity = channel;
            askForMore();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void consume(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        change(() -> parts.add(copy));
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        change(() -> ended = true);
        if (whole != null) {
            whole.completed(null);
        }
    }

    @Override
    public void failed(Exception reason) {
        fail(reason instanceof IOException failed ? failed : new IOException(reason));
    }

    @Override
    public void cancelled() {
        fail(new IOException("cut off"));
    }

    @Override
    public void completed(@Nullable Void nothing) {
        // The answer's own end has told.
    }

    @Override
    public void releaseResources() {
        // What was not read goes with this.
    }
}
