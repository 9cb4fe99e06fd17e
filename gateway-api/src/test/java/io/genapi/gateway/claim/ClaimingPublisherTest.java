package io.genapi.gateway.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.genapi.gateway.submit.JobPublisher;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClaimingPublisherTest {

    private static final String BODY =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final int THRESHOLD = BODY.length() - 1;

    private static final String PLACE = "0".repeat(32);

    private List<Heartbeat> workers = List.of(WorkerBeats.reading(PLACE));
    private final List<JobRequest> published = new ArrayList<>();
    private final List<byte[]> put = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private BodyPlace place = body -> {
        put.add(body);
        return claim(body);
    };

    private static ClaimCheck claim(byte[] body) {
        return new ClaimCheck(PLACE, "claim-019c142c5e00-" + "0".repeat(32), body.length, BodyDigest.of(body));
    }

    private final JobPublisher publisher = publisher(THRESHOLD, Duration.ofMinutes(1));

    private JobPublisher publisher(long threshold, Duration patience) {
        return new ClaimingPublisher(
                request -> {
                    published.add(request);
                    return new JobPublisher.Outcome.Acknowledged();
                },
                body -> place.put(body),
                new Openers(() -> Optional.of(PLACE), () -> "", () -> workers),
                new ClaimRules(threshold, patience),
                new ClaimNews() {
                    @Override
                    public void putAway() {
                        news.add("away");
                    }

                    @Override
                    public void inRecord() {
                        news.add("in record");
                    }
                },
                () -> now);
    }

    @Test
    void publishesAStubOfALargeRequestWhoseBodyIsDurable() throws Exception {
        JobRequest request = request(BODY);
        place = body -> {
            assertEquals(List.of(), published, "nothing is published before");
            return claim(body);
        };

        publisher.publish(request);

        JobRequest stub = published.getFirst();
        assertEquals(Optional.of(claim(request.body())), stub.claim());
        assertEquals(Optional.of(new BodyStub(new ModelName("gpt-4o"), true)), BodyStub.read(stub.body()));
        assertEquals(request.digest(), stub.digest());
        assertSame(request.body(), stub.opened(request.body()).body());
        assertEquals(List.of("away"), news);
    }

    @Test
    void leavesARequestAsItIsThatIsNotLarger() throws Exception {
        JobRequest request = request(BODY);

        publisher(BODY.length(), Duration.ofMinutes(1)).publish(request);

        assertSame(request, published.getFirst());
        assertEquals(List.of(), put);
        assertEquals(List.of(), news);
    }

    /** Whatever is wrong with it is for a worker to say, as ever. */
    @Test
    void leavesWhatIsNoChatRequestAsItIs() throws Exception {
        JobRequest request = request("[" + BODY + "]");

        publisher.publish(request);

        assertSame(request, published.getFirst());
        assertEquals(List.of(), put);
    }

    @Test
    void publishesTheWholeRequestWhereThePlaceFailsAndLeavesThatAloneForAWhile() throws Exception {
        List<IOException> failures = List.of(new BlobStoreException("full"), new BlobStoreException("away"));
        for (IOException failure : failures) {
            int[] tries = new int[1];
            place = _ -> {
                tries[0]++;
                throw failure;
            };
            JobRequest request = request(BODY);

            publisher.publish(request);
            publisher.publish(request);

            assertEquals(1, tries[0]);
            assertSame(request, published.getLast());
            now = now.plusSeconds(11);
        }
        place = ClaimingPublisherTest::claim;
        publisher.publish(request(BODY));

        assertEquals(5, published.size());
        assertEquals(
                Optional.of(claim(BODY.getBytes(UTF_8))), published.getLast().claim());
        assertEquals(List.of("in record", "in record", "in record", "in record", "away"), news);
    }

    @Test
    void publishesTheWholeRequestWhereAWorkerDoesNotReadThePlace() throws Exception {
        workers = List.of(WorkerBeats.reading(PLACE), WorkerBeats.reading());
        JobRequest request = request(BODY);

        publisher.publish(request);

        assertSame(request, published.getFirst());
        assertEquals(List.of(), put);
        assertEquals(List.of("in record"), news);
    }

    @Test
    void publishesTheWholeRequestWhereThePlaceHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        place = body -> {
            try {
                never.await();
            } catch (InterruptedException givenUp) {
                interrupted.countDown();
            }
            return claim(body);
        };
        JobRequest request = request(BODY);

        publisher(THRESHOLD, Duration.ofMillis(1)).publish(request);

        assertSame(request, published.getFirst());
        interrupted.await();
    }

    private JobRequest request(String body) {
        return new JobRequest(
                JobId.derive(now, "sample"),
                Lane.DEFAULT,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("r"),
                now,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                body.getBytes(UTF_8));
    }
}
