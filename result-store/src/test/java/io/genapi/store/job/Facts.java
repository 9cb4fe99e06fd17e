package io.genapi.store.job;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Facts of one job, in few words. */
public final class Facts {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final JobId ID = JobId.mint(NOON, new Random(7));

    private Facts() {}

    public static JobFact.Origin origin(Instant recordedAt) {
        return new JobFact.Origin(
                ID,
                new TenantId("acme"),
                Correlation.of(CorrelationId.of("order-17")),
                new RequestId("req-1"),
                recordedAt);
    }

    public static JobFact.Requested requested() {
        return new JobFact.Requested(
                origin(NOON),
                Lane.DEFAULT,
                NOON,
                Optional.of(NOON.plusSeconds(600)),
                NOON.plusSeconds(600),
                Optional.of("we_1"),
                true,
                Optional.of(JobApi.RESPONSES),
                Optional.empty(),
                Optional.of(new RecordPlace("genapi.requests.default", 2, 7)),
                Optional.empty());
    }

    public static JobFact.Started started(int second, int attempt, String vendor) {
        Instant at = NOON.plusSeconds(second);
        return new JobFact.Started(origin(at), at, attempt, Optional.of(new VendorName(vendor)));
    }

    public static JobFact.AttemptFailed attemptFailed(int second, int attempt, String vendor, String reason) {
        Instant at = NOON.plusSeconds(second);
        return new JobFact.AttemptFailed(
                origin(at), attempt, Optional.of(new VendorName(vendor)), Optional.of(503), new Trouble(at, reason));
    }

    public static JobFact.Parked parked(int second, int attempt, String reason) {
        Instant at = NOON.plusSeconds(second);
        return new JobFact.Parked(origin(at), attempt, new Trouble(at, reason), Optional.of(second));
    }

    public static JobFact.CancelRequested cancelRequested(int second) {
        Instant at = NOON.plusSeconds(second);
        return new JobFact.CancelRequested(origin(at), at);
    }

    public static JobFact.ResultDeleted resultDeleted(int second) {
        Instant at = NOON.plusSeconds(second);
        return new JobFact.ResultDeleted(origin(at), at);
    }

    public static JobFact.Completed completed(int second, JobStatus status, long offset) {
        Instant at = NOON.plusSeconds(second);
        return new JobFact.Completed(
                origin(at),
                status,
                status == JobStatus.SUCCEEDED ? 200 : 502,
                Optional.of(new VendorName("openai")),
                Optional.of(new VendorRequestId("req_2f4c8a1b")),
                Optional.of(new ModelName("gpt-4o")),
                3,
                Optional.of(new Usage(11, 22)),
                Optional.of(new BigDecimal("0.000120")),
                Duration.ofMillis(40),
                Duration.ofMillis(1500),
                at,
                new PayloadLocation(2, offset));
    }
}
