package io.genapi.worker.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.schemas.job.ModelName;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.journal.RecordedCall;
import io.genapi.worker.Samples;
import io.genapi.worker.vendor.VendorOutcome.Broken;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Refused;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link VendorClient} must do with a vendor that is really there. */
public abstract class VendorClientContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    protected final VendorSimulator simulator = startVendor();

    /** The vendor to be called; no state of the subclass is there yet. */
    protected VendorSimulator startVendor() {
        return VendorSimulator.start();
    }

    /** The client to be held to the contract. */
    protected abstract VendorClient client();

    @AfterEach
    void stopTheVendor() {
        simulator.close();
    }

    @Test
    void bringsTheWholeCompletion() throws Exception {
        Completed completed = assertInstanceOf(Completed.class, call());
        assertTrue(completed.completion().usage().isPresent());
        String body = new String(completed.completion().withModel(new ModelName("mine")), UTF_8);
        assertTrue(body.contains("\"model\":\"mine\""), body);
    }

    @Test
    void carriesTheIdsAndTheKeyAndTheVendorsModel() throws Exception {
        VendorOutcome _ = call();
        RecordedCall recorded = simulator.calls().getFirst();
        assertEquals("/v1/chat/completions", recorded.path());
        assertEquals(Optional.of("req-1-vendor-cafe0001"), recorded.requestId());
        assertEquals(Optional.of("req-1"), recorded.originalRequestId());
        assertEquals(Optional.of("order%207"), recorded.correlationId());
        assertEquals("vendor-model", recorded.model());
        assertTrue(recorded.header("authorization").isPresent());
    }

    @Test
    void callsOnceWhateverComesOfIt() throws Exception {
        simulator.failNext(new Fault.CloseBeforeHeaders());
        assertInstanceOf(Broken.class, call());
        assertEquals(1, simulator.calls().size());
        simulator.failNext(new Fault.Status(503));
        assertInstanceOf(Refused.class, call());
        assertEquals(2, simulator.calls().size());
    }

    @Test
    void tellsTheStatusTheEnvelopeAndTheWishToBeLeftAlone() throws Exception {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofSeconds(7)));
        Refused refused = assertInstanceOf(Refused.class, call());
        assertEquals(429, refused.status());
        assertEquals(Optional.of(Duration.ofSeconds(7)), refused.retryAfter());
        assertTrue(new String(refused.envelope().orElseThrow(), UTF_8).contains("\"error\""));
    }

    @Test
    void canUseNoWholeAnswerThatIsNoCompletion() throws Exception {
        simulator.failNext(new Fault.MalformedJson());
        assertInstanceOf(Unusable.class, call());
    }

    @Test
    void isBrokenByAnAnswerThatIsCutOffAnywhere() throws Exception {
        for (Fault fault :
                List.of(new Fault.CloseBeforeHeaders(), new Fault.CloseAfterHeaders(), new Fault.TruncatedBody())) {
            simulator.failNext(fault);
            assertInstanceOf(Broken.class, call(), fault::toString);
        }
        assertInstanceOf(Completed.class, call());
    }

    @Test
    void leavesAVendorThatDoesNotAnswerWhenTheLimitIsReached() throws Exception {
        simulator.failNext(new Fault.Hang());
        assertInstanceOf(TimedOut.class, call(Duration.ofMillis(200)));
        await().until(() -> simulator.calls().getFirst().abortedByClient());
        assertInstanceOf(Completed.class, call());
    }

    @Test
    void cannotReachAVendorThatIsNotThere() throws Exception {
        URI gone = simulator.baseUri();
        simulator.close();
        assertInstanceOf(
                Unreachable.class,
                client().call(Samples.call(candidate(gone), LONG)).outcome());
        URI nameless = URI.create("http://no-such-host.invalid/v1");
        assertInstanceOf(
                Unreachable.class,
                client().call(Samples.call(candidate(nameless), LONG)).outcome());
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        simulator.failNext(new Fault.Hang());
        CompletableFuture<Exception> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                VendorOutcome _ = call();
            } catch (InterruptedException interrupted) {
                thrown.complete(interrupted);
            }
        });
        await().until(() -> !simulator.calls().isEmpty());
        caller.interrupt();
        assertInstanceOf(InterruptedException.class, thrown.get(30, SECONDS));
    }

    @Test
    void callsManyTimesAtOnce() throws Exception {
        simulator.hold();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<VendorOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                outcomes.add(threads.submit(() -> call()));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> simulator.calls().size() == 200);
            simulator.release();
            for (Future<VendorOutcome> outcome : outcomes) {
                assertInstanceOf(Completed.class, outcome.get());
            }
        }
    }

    private VendorOutcome call() throws InterruptedException {
        return call(LONG);
    }

    private VendorOutcome call(Duration limit) throws InterruptedException {
        return answer(limit).outcome();
    }

    private VendorAnswer answer(Duration limit) throws InterruptedException {
        return client().call(Samples.call(candidate(simulator.baseUri()), limit));
    }

    /** A vendor as the client's catalog has it. */
    protected Candidate candidate(URI baseUrl) {
        return Samples.oneVendor(baseUrl.toString(), LONG)
                .candidates(Samples.MODEL)
                .getFirst();
    }
}
