package io.genapi.simulator.journal;

import io.genapi.simulator.exchange.VendorRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Every call in order of arrival; above its capacity the oldest that have ended are forgotten, the counts never are.
 * Thread-safe.
 */
public final class CallJournal {

    private final int capacity;
    private final InstantSource clock;
    private final Map<Long, RecordedCall> ended = new LinkedHashMap<>();
    private final Map<Long, OpenCall> open = new LinkedHashMap<>();
    private final Map<Integer, Long> byStatus = new HashMap<>();
    private long lastNumber;
    private long total;
    private long unanswered;
    private long aborted;
    private int maxInFlight;
    private long connections;
    private int openConnections;

    /**
     * Creates an empty journal.
     *
     * @param capacity ended calls to keep, at least 1
     */
    public CallJournal(int capacity, InstantSource clock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("journal capacity: " + capacity + " must be at least 1");
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Records that a client connected, whether or not a call follows. */
    public synchronized void connected() {
        connections++;
        openConnections++;
    }

    public synchronized void disconnected() {
        openConnections--;
    }

    /** Records that a call came. */
    public OpenCall open(VendorRequest request) {
        String bodySha256 = Sha256.hex(request.body());
        Map<String, String> headers = CredentialMask.mask(request.headers());
        synchronized (this) {
            lastNumber++;
            total++;
            OpenCall call = new OpenCall(this, lastNumber, request, headers, bodySha256, clock.instant());
            open.put(lastNumber, call);
            maxInFlight = Math.max(maxInFlight, open.size());
            return call;
        }
    }

    synchronized void describe(OpenCall call, String model, String lastUserText) {
        call.describe(model, lastUserText);
    }

    synchronized void end(OpenCall call, OptionalInt status, boolean abortedByClient) {
        if (open.remove(call.number()) == null) {
            return;
        }
        ended.put(call.number(), call.ended(clock.instant(), status, abortedByClient));
        if (ended.size() > capacity) {
            ended.remove(ended.keySet().iterator().next());
        }
        if (status.isPresent()) {
            byStatus.merge(status.getAsInt(), 1L, Long::sum);
        } else {
            unanswered++;
        }
        if (abortedByClient) {
            aborted++;
        }
    }

    /** The client did not take the answer to a call that was ended before its last byte was sent. */
    synchronized void notTaken(OpenCall call) {
        RecordedCall recorded = ended.get(call.number());
        if (recorded == null || recorded.abortedByClient()) {
            return;
        }
        ended.put(call.number(), call.ended(recorded.ended().orElseGet(clock::instant), recorded.status(), true));
        aborted++;
    }

    /** What is still remembered, those in flight included, in order of arrival. */
    public synchronized List<RecordedCall> calls() {
        Map<Long, RecordedCall> calls = new TreeMap<>(ended);
        open.forEach((number, call) -> calls.put(number, call.inFlight()));
        return List.copyOf(calls.values());
    }

    public synchronized CallStatistics statistics() {
        return new CallStatistics(
                total, open.size(), maxInFlight, byStatus, unanswered, aborted, connections, openConnections);
    }

    /** Forgets every call that has ended; those in flight stay and are what the counts begin with. */
    public synchronized void clear() {
        ended.clear();
        byStatus.clear();
        unanswered = 0;
        aborted = 0;
        total = open.size();
        maxInFlight = open.size();
        connections = openConnections;
    }
}
