package io.genapi.store.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Likeness;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TenantId ACME = new TenantId("acme");

    private final RecentRequests recent = new RecentRequests(Duration.ofMinutes(10), 4);
    private final Random random = new Random(1);

    @Test
    void tellsTheJobsOfOneBodyTheLatestFirst() {
        JobId first = saw(ACME, "a", NOW);
        JobId other = saw(ACME, "b", NOW);
        JobId second = saw(ACME, "a", NOW);
        assertEquals(List.of(second, first), found(ACME, "a", NOW));
        assertEquals(List.of(other), found(ACME, "b", NOW));
        assertEquals(List.of(), found(ACME, "c", NOW));
    }

    @Test
    void tellsNobodyOfAnotherTenantsJobs() {
        JobId id = saw(ACME, "a", NOW);
        assertEquals(List.of(id), found(ACME, "a", NOW));
        assertEquals(List.of(), found(TenantId.DEFAULT, "a", NOW));
    }

    @Test
    void tellsNothingOfAnotherVendorsJobsNorOfAnotherOrder() {
        BodyDigest body = BodyDigest.of("a".getBytes(UTF_8));
        List<Likeness> unlike = List.of(
                new Likeness(ACME, body, Optional.empty(), Optional.empty()),
                new Likeness(ACME, body, Optional.of(new VendorName("one")), Optional.empty()),
                new Likeness(ACME, body, Optional.of(new VendorName("other")), Optional.empty()),
                new Likeness(ACME, body, Optional.empty(), Optional.of("conversation")));
        for (Likeness each : unlike) {
            JobId id = JobId.mint(NOW, random);
            recent.saw(each, id, NOW, NOW);
            assertEquals(List.of(id), recent.find(each, NOW));
        }
    }

    @Test
    void knowsARecordThatIsReadAgainOnce() {
        JobId id = JobId.mint(NOW, random);
        recent.saw(question(ACME, "a"), id, NOW, NOW);
        recent.saw(question(ACME, "a"), id, NOW, NOW);
        assertEquals(List.of(id), found(ACME, "a", NOW));
    }

    @Test
    void forgetsWhatIsOld() {
        JobId id = saw(ACME, "a", NOW);
        assertEquals(List.of(id), found(ACME, "a", NOW.plus(Duration.ofMinutes(10))));
        assertEquals(List.of(), found(ACME, "a", NOW.plus(Duration.ofMinutes(11))));
        recent.saw(question(ACME, "a"), id, NOW, NOW.plus(Duration.ofMinutes(11)));
        assertEquals(List.of(), found(ACME, "a", NOW));
    }

    @Test
    void forgetsTheOldestWhereThereAreTooMany() {
        List<JobId> ids = List.of(saw(ACME, "a", NOW), saw(ACME, "a", NOW), saw(ACME, "b", NOW), saw(ACME, "c", NOW));
        assertEquals(List.of(ids.get(1), ids.get(0)), found(ACME, "a", NOW));
        JobId last = saw(ACME, "d", NOW);
        assertEquals(List.of(ids.get(1)), found(ACME, "a", NOW));
        assertEquals(List.of(last), found(ACME, "d", NOW));
    }

    @Test
    void tellsTheLatestFiveOfOneBody() {
        RecentRequests many = new RecentRequests(Duration.ofMinutes(10), 100);
        List<JobId> latestFirst = Stream.generate(() -> JobId.mint(NOW, random))
                .limit(8)
                .peek(id -> many.saw(question(ACME, "a"), id, NOW, NOW))
                .toList()
                .reversed();
        assertEquals(latestFirst.subList(0, 5), many.find(question(ACME, "a"), NOW));
        // The first of all, read again.
        many.saw(question(ACME, "a"), latestFirst.getLast(), NOW, NOW);
        assertEquals(latestFirst.subList(0, 5), many.find(question(ACME, "a"), NOW));
    }

    @Test
    void forgetsTheOldOnesOfABodyAlsoWhereMoreThanAreToldHaveCome() {
        RecentRequests many = new RecentRequests(Duration.ofMinutes(10), 100);
        List<JobId> ids =
                Stream.generate(() -> JobId.mint(NOW, random)).limit(7).toList();
        Instant later = NOW.plus(Duration.ofMinutes(5));
        ids.subList(0, 5).forEach(id -> many.saw(question(ACME, "a"), id, NOW, NOW));
        ids.subList(5, 7).forEach(id -> many.saw(question(ACME, "a"), id, later, later));
        assertEquals(List.of(ids.get(6), ids.get(5)), many.find(question(ACME, "a"), NOW.plus(Duration.ofMinutes(11))));
    }

    @Test
    void aRequestFromTheFutureKeepsNothingFromBeingForgotten() {
        JobId early = JobId.mint(NOW, random);
        recent.saw(question(ACME, "a"), early, NOW.plus(Duration.ofDays(1)), NOW);
        JobId next = saw(ACME, "b", NOW);
        assertEquals(List.of(early), found(ACME, "a", NOW));
        assertEquals(List.of(next), found(ACME, "b", NOW));
        assertEquals(List.of(), found(ACME, "a", NOW.plus(Duration.ofMinutes(11))));
        assertEquals(List.of(), found(ACME, "b", NOW.plus(Duration.ofMinutes(11))));
    }

    private JobId saw(TenantId tenant, String body, Instant at) {
        JobId id = JobId.mint(at, random);
        recent.saw(question(tenant, body), id, at, at);
        return id;
    }

    private List<JobId> found(TenantId tenant, String body, Instant now) {
        return recent.find(question(tenant, body), now);
    }

    private static Likeness question(TenantId tenant, String body) {
        return new Likeness(tenant, BodyDigest.of(body.getBytes(UTF_8)), Optional.empty(), Optional.empty());
    }
}
