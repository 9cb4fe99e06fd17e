package io.genapi.worker.attempt;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.job.JobRequest;
import io.genapi.worker.admission.Permit;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes single attempts and takes their time. Thread-safe if its dice are. */
public final class AttemptRunner {

    private static final VendorOutcome CUT_OFF = new VendorOutcome.Broken("the call was cut off");

    private final VendorClient vendors;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RandomGenerator random;

    /** @param nanos a ticker for durations, such as {@link System#nanoTime} */
    public AttemptRunner(VendorClient vendors, InstantSource clock, LongSupplier nanos, RandomGenerator random) {
        this.vendors = vendors;
        this.clock = clock;
        this.nanos = nanos;
        this.random = random;
    }

    /**
     * Makes one attempt, and adds it to the job's history also if it is cut off by an interrupt.
     *
     * @param permit to make it; used up thereby
     * @param left until the job's deadline, positive
     */
    public void run(
            JobRequest job, ChatRequestBody body, Candidate candidate, Permit permit, Duration left, History history)
            throws InterruptedException {
        if (Thread.interrupted()) {
            permit.abandoned();
            throw new InterruptedException("interrupted before a vendor was called");
        }
        Duration timeout = candidate.vendor().timeout();
        VendorCall call = new VendorCall(
                candidate,
                body,
                job.requestId(),
                job.correlation().id(),
                HexFormat.of().toHexDigits(random.nextInt()),
                left.compareTo(timeout) < 0 ? left : timeout);
        Instant startedAt = clock.instant();
        long from = nanos.getAsLong();
        Optional<VendorOutcome> outcome = Optional.empty();
        try {
            outcome = Optional.of(vendors.call(call));
        } finally {
            Duration took = Duration.ofNanos(nanos.getAsLong() - from);
            boolean inTrouble = outcome.isPresent() && permit.ended(outcome.get(), took, call.cutShort());
            if (outcome.isEmpty()) {
                permit.abandoned();
            }
            history.add(new Attempt(candidate, startedAt, took, outcome.orElse(CUT_OFF), inTrouble));
        }
    }
}
