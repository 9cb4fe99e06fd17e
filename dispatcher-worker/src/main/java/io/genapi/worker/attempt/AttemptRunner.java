package io.genapi.worker.attempt;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.worker.admission.Permit;
import io.genapi.worker.stream.JobStream;
import io.genapi.worker.stream.JobStreams;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorStreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes single attempts and takes their time. Thread-safe if its dice are. */
public final class AttemptRunner {

    private static final VendorAnswer CUT_OFF = VendorAnswer.nameless(new VendorOutcome.Broken("the call was cut off"));

    private final VendorClient vendors;
    private final VendorStreams vendorStreams;
    private final JobStreams jobStreams;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RandomGenerator random;

    /** @param nanos a ticker for durations, such as {@link System#nanoTime} */
    public AttemptRunner(
            VendorClient vendors,
            VendorStreams vendorStreams,
            JobStreams jobStreams,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.vendors = vendors;
        this.vendorStreams = vendorStreams;
        this.jobStreams = jobStreams;
        this.clock = clock;
        this.nanos = nanos;
        this.random = random;
    }

    /**
     * Makes one attempt, and adds it to the job's history also if it is cut off by an interrupt. What it publishes of a
     * streamed answer is durable, or known not to be, when this returns or throws.
     *
     * @param permit to make it; used up thereby
     * @param left until the job's deadline, positive
     * @throws io.genapi.worker.stream.UndeliveredException if a piece of the answer did not get on
     */
    public void run(
            JobRequest job, ChatRequestBody body, Candidate candidate, Permit permit, Duration left, History history)
            throws InterruptedException {
        if (Thread.interrupted()) {
            permit.abandoned();
            throw new InterruptedException("interrupted before a vendor was called");
        }
        VendorCall call = new VendorCall(
                candidate,
                body,
                job.requestId(),
                job.correlation().id(),
                HexFormat.of().toHexDigits(random.nextInt()),
                left);
        Optional<JobStream> stream = body.stream() ? Optional.of(jobStreams.begin(job, body)) : Optional.empty();
        Instant startedAt = clock.instant();
        long from = nanos.getAsLong();
        Optional<VendorAnswer> answer = Optional.empty();
        try {
            answer = Optional.of(stream.isPresent() ? vendorStreams.stream(call, stream.get()) : vendors.call(call));
        } finally {
            Duration took = Duration.ofNanos(nanos.getAsLong() - from);
            boolean inTrouble = answer.isPresent() && permit.ended(answer.get().outcome(), took);
            if (answer.isEmpty()) {
                permit.abandoned();
            }
            VendorAnswer came = answer.orElse(CUT_OFF);
            boolean whole = came.outcome() instanceof VendorOutcome.Completed;
            Optional<PublishedRun> published = stream.flatMap(pieces -> pieces.end(whole));
            history.add(
                    new Attempt(candidate, startedAt, took, came.outcome(), came.requestId(), inTrouble, published));
        }
        stream.ifPresent(JobStream::requireDelivered);
    }
}
