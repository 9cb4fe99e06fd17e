package io.genapi.simulator.journal;

import io.genapi.simulator.exchange.VendorRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A call in flight. Its end is recorded once, whoever reports it first. Thread-safe: its state is the journal's. */
public final class OpenCall {

    private static final int TEXT_KEPT = 4_096;

    private final CallJournal journal;
    private final long number;
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final String bodySha256;
    private final Instant started;
    private String model = "";
    private String lastUserText = "";

    OpenCall(
            CallJournal journal,
            long number,
            VendorRequest request,
            Map<String, String> headers,
            String bodySha256,
            Instant started) {
        this.journal = journal;
        this.number = number;
        this.method = request.method();
        this.path = request.path();
        this.headers = headers;
        this.bodySha256 = bodySha256;
        this.started = started;
    }

    public long number() {
        return number;
    }

    /** Adds what only the dialect can read. */
    public void understood(String askedModel, String userText) {
        journal.describe(this, askedModel, userText);
    }

    /** The call is about to be answered whole; said before its last byte, so that the client's next look sees it. */
    public void answered(int status) {
        journal.end(this, OptionalInt.of(status), false);
    }

    /** The simulator closed the connection on purpose; no status if not even the headers were sent. */
    public void dropped(OptionalInt status) {
        journal.end(this, status, false);
    }

    /** The client left while the call was in flight. */
    public void aborted(OptionalInt status) {
        journal.end(this, status, true);
    }

    /** The client turned out to have left before the last byte. */
    public void notTaken() {
        journal.notTaken(this);
    }

    void describe(String askedModel, String userText) {
        model = askedModel;
        lastUserText = userText.length() <= TEXT_KEPT ? userText : userText.substring(0, TEXT_KEPT);
    }

    RecordedCall inFlight() {
        return recorded(Optional.empty(), OptionalInt.empty(), false);
    }

    RecordedCall ended(Instant at, OptionalInt status, boolean abortedByClient) {
        return recorded(Optional.of(at), status, abortedByClient);
    }

    private RecordedCall recorded(Optional<Instant> ended, OptionalInt status, boolean abortedByClient) {
        return new RecordedCall(
                number,
                method,
                path,
                headers,
                bodySha256,
                model,
                lastUserText,
                started,
                ended,
                status,
                abortedByClient);
    }
}
