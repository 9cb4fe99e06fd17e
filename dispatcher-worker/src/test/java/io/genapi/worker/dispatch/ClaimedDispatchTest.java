package io.genapi.worker.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.claim.BodyOpening;
import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.Admissions;
import io.genapi.worker.AttemptRunners;
import io.genapi.worker.Dice;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs whose bodies lie elsewhere. */
class ClaimedDispatchTest {

    private static final byte[] BODY = Samples.BODY.getBytes(UTF_8);
    private static final ClaimCheck CLAIM = new ClaimCheck(
            "5b0d7a4a6f1a55b97f3c7c1e6a524f0e",
            "claim-019c142c5e00-00000000000000010000000000000002",
            BODY.length,
            BodyDigest.of(BODY));

    private final VirtualTime time = new VirtualTime();
    private final ScriptedVendors vendors = new ScriptedVendors(time);
    private final List<JobResult> published = new ArrayList<>();
    private final List<ClaimCheck> opened = new ArrayList<>();
    private final Cancellations cancellations = new Cancellations(10);
    private final Admission admission = Admissions.of(time);
    private VendorCatalog catalog = Samples.twoVendors();
    private BodyOpening opening = new BodyOpening.Opened(BODY);
    private final Dispatcher dispatcher = new Dispatcher(
            claim -> {
                opened.add(claim);
                return opening;
            },
            new Router(() -> catalog, _ -> new OpenAiDialect(), Dice.lowest(), time),
            admission,
            AttemptRunners.whole(vendors, time, time::nanos, Dice.lowest()),
            new RetryPolicy(3, Duration.ofSeconds(2), false, Dice.highest()),
            time,
            new JobEnds(time),
            (_, result) -> published.add(result),
            _ -> {},
            (_, _) -> {},
            cancellations,
            Duration.ofHours(24),
            time);

    private static JobRequest job(Optional<Instant> deadline, Optional<VendorName> vendor) {
        return Samples.job(Samples.BODY, false, vendor, deadline)
                .checkedIn(CLAIM, new BodyStub(new ModelName("gpt-4o"), false).toJson());
    }

    private static JobRequest job() {
        return job(Optional.empty(), Optional.empty());
    }

    @Test
    void asksTheVendorForWhatLiesThereByteForByte() throws Exception {
        vendors.then(new Completed(Samples.completion()));

        Dispatched.Ended ended = assertInstanceOf(Dispatched.Ended.class, dispatcher.dispatch(job(), Parking.NONE));

        assertEquals(JobStatus.SUCCEEDED, ended.result().status());
        assertSame(BODY, vendors.calls().getFirst().body().bytes());
        assertEquals(List.of(CLAIM), opened);
    }

    @Test
    void opensNothingForAJobThatIsOver() throws Exception {
        dispatcher.dispatch(job(Optional.of(Samples.NOW), Optional.empty()), Parking.NONE);
        cancellations.cancel(job().id());
        dispatcher.dispatch(job(), Parking.NONE);

        assertEquals(
                List.of(JobStatus.EXPIRED, JobStatus.CANCELLED),
                published.stream().map(JobResult::status).toList());
        assertEquals(Optional.of(new ModelName("gpt-4o")), published.getLast().model());
        assertEquals(List.of(), opened);
    }

    @Test
    void parksAJobUnopenedWhoseOnlyVendorIsDown() throws Exception {
        admission.suspend(Admissions.destination("north", "north-4o"));

        Dispatched.Parked parked = assertInstanceOf(
                Dispatched.Parked.class,
                dispatcher.dispatch(job(Optional.empty(), Optional.of(new VendorName("north"))), Parking.NONE));

        assertEquals(new VendorName("north"), parked.vendor());
        assertEquals(1, parked.parking().number());
        assertEquals(List.of(), opened);
    }

    @Test
    void refusesAJobWhoseTenantMayNotUseItsModelThoughItsOnlyVendorIsDown() throws Exception {
        admission.suspend(Admissions.destination("north", "north-4o"));
        catalog = Samples.withTenants("default: { models: [o3] }");

        dispatcher.dispatch(job(Optional.empty(), Optional.of(new VendorName("north"))), Parking.NONE);

        assertEquals(404, published.getFirst().httpStatus());
    }

    @Test
    void asksTheBodyWhichOfSeveralVendorsCanServeIt() throws Exception {
        admission.suspend(Admissions.destination("north", "north-4o"));
        vendors.then(new Completed(Samples.completion()));

        dispatcher.dispatch(job(), Parking.NONE);

        assertEquals(List.of(CLAIM), opened);
        assertEquals(
                "south", vendors.calls().getFirst().candidate().vendor().name().value());
    }

    @Test
    void waitsWhileItsBodyCannotBeReadLongerEachTimeButNotBeyondItsDeadline() throws Exception {
        opening = new BodyOpening.Unavailable("not mounted");
        JobRequest job = job(Optional.of(Samples.NOW.plusSeconds(123)), Optional.empty());

        assertEquals(Duration.ofSeconds(1), later(job));
        time.pass(Duration.ofSeconds(50));
        assertEquals(Duration.ofSeconds(5), later(job));
        time.pass(Duration.ofSeconds(69));
        assertEquals(Duration.ofSeconds(4), later(job));
        assertEquals(List.of(), published);

        time.pass(Duration.ofSeconds(4));
        assertInstanceOf(Dispatched.Ended.class, dispatcher.dispatch(job, Parking.NONE));
        assertEquals(JobStatus.EXPIRED, published.getFirst().status());
        assertTrue(vendors.calls().isEmpty());
    }

    private Duration later(JobRequest job) throws InterruptedException {
        Dispatched.Later later = assertInstanceOf(Dispatched.Later.class, dispatcher.dispatch(job, Parking.NONE));
        assertEquals(Parking.NONE, later.soFar());
        return later.pause();
    }

    @Test
    void endsAsFailedWhenItsBodyIsGone() throws Exception {
        opening = new BodyOpening.Lost("it is not where the broker had put it");

        dispatcher.dispatch(job(), Parking.NONE);

        JobResult result = published.getFirst();
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(500, result.httpStatus());
        assertEquals(Optional.of(new ModelName("gpt-4o")), result.model());
        String error = new String(result.body(), UTF_8);
        assertTrue(error.contains("\"request_body_lost\""), error);
        assertTrue(error.contains("because it is not where"), error);
        assertTrue(vendors.calls().isEmpty());
    }
}
