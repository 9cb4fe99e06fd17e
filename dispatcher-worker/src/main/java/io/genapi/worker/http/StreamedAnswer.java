package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.runtime.log.SecretMask;
import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.dialect.StreamTranslation.End;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.stream.ChunkSink;
import io.genapi.worker.stream.CompletionAssembly;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads one answer that is a stream of events, hands its chunks on as they come and keeps the whole. */
final class StreamedAnswer {

    /** A larger one is no piece of an answer; Gemini's images come in one. */
    static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

    /** Thousands of answers are read at once, and most events are a few hundred bytes. */
    private static final int BUFFER_SIZE = 2_048;

    /** An answer that is whole waits no longer for the connection's end, only to use it again. */
    private static final Duration FAREWELL = Duration.ofMillis(250);

    /** Whoever says more than that behind its end does not stop. */
    private static final int MOST_FAREWELLS = 9;

    private final StreamTranslation translation;
    private final ChunkSink sink;
    private final Patience patience;
    private final int maxBytes;
    private final EventStreamParser parser = new EventStreamParser(MAX_EVENT_BYTES);
    private final CompletionAssembly assembly = new CompletionAssembly();

    StreamedAnswer(StreamTranslation translation, ChunkSink sink, Patience patience, int maxBytes) {
        this.translation = translation;
        this.sink = sink;
        this.patience = patience;
        this.maxBytes = maxBytes;
    }

    static boolean isOne(VendorResponse head) {
        return head.status() == 200
                && head.header("content-type")
                        .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                        .isPresent();
    }

    /** Reads to the end of the answer; the caller closes the stream. */
    VendorOutcome read(InputStream events) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER_SIZE];
        long read = 0;
        try {
            while (translation.end().isEmpty()) {
                int count = next(events, buffer);
                if (count < 0) {
                    take(translation.close());
                } else {
                    read += count;
                    if (read > maxBytes) {
                        throw new ResponseTooLargeException();
                    }
                    for (ServerSentEvent event : parser.feed(buffer, count)) {
                        take(translation.event(event.name(), event.data()));
                    }
                }
            }
        } catch (EventTooLargeException tooLarge) {
            return new Unusable("the vendor streamed an event of more than %d bytes".formatted(MAX_EVENT_BYTES));
        } catch (IOException failure) {
            if (patience.isLost()) {
                return new Broken("the vendor fell silent in the midst of its answer");
            }
            throw failure;
        }
        return switch (translation.end().orElseThrow()) {
            case End.Whole() -> {
                VendorOutcome whole = whole();
                sayFarewell(events, buffer);
                yield whole;
            }
            // Who refuses a key may well repeat it, and a vendor's errors go to callers.
            case End.Failed(Refused(var status, var retryAfter, var envelope)) ->
                new Refused(status, retryAfter, envelope.map(SecretMask::maskKnown));
            case End.Failed(var outcome) -> outcome;
        };
    }

    private int next(InputStream events, byte[] buffer) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while a vendor streamed its answer");
        }
        patience.waitFor();
        try {
            return events.read(buffer);
        } finally {
            patience.received();
        }
    }

    private void take(List<ObjectNode> chunks) throws InterruptedException {
        for (ObjectNode chunk : chunks) {
            assembly.add(chunk);
            sink.take(chunk);
        }
    }

    private VendorOutcome whole() {
        Optional<ChatCompletion> completion =
                ChatCompletion.read(assembly.completion().toString().getBytes(UTF_8));
        return completion.isPresent()
                ? new Completed(completion.get())
                : new Unusable("the vendor's events make no chat completion");
    }

    /** What goes wrong behind a whole answer takes nothing from it. */
    private void sayFarewell(InputStream events, byte[] buffer) {
        patience.shorten(FAREWELL);
        try {
            patience.waitFor();
            int reads = 0;
            while (reads < MOST_FAREWELLS && events.read(buffer) >= 0) {
                reads++;
            }
        } catch (IOException _) {
            // The connection is closed instead of being used again.
        }
    }
}
