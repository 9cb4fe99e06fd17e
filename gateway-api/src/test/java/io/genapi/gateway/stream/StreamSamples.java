package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Pieces and ends of one job. */
final class StreamSamples {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final JobId ID = JobId.firstOf(NOW);
    static final RunId FIRST = new RunId("00000001");
    static final RunId SECOND = new RunId("00000002");
    static final RunId THIRD = new RunId("00000003");

    private StreamSamples() {}

    static JobDelta piece(RunId run, long seq) {
        return piece(run, seq, false);
    }

    static JobDelta last(RunId run, long seq) {
        return piece(run, seq, true);
    }

    private static JobDelta piece(RunId run, long seq, boolean last) {
        return new JobDelta(
                ID,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("r"),
                run,
                seq,
                last,
                NOW,
                (run + "-" + seq).getBytes(StandardCharsets.US_ASCII));
    }

    static Reply succeeded(RunId run, long deltas) {
        return reply(JobStatus.SUCCEEDED, Optional.of(new PublishedRun(run, deltas)));
    }

    static Reply succeeded() {
        return reply(JobStatus.SUCCEEDED, Optional.empty());
    }

    static Reply failed(RunId run, long deltas) {
        return reply(JobStatus.FAILED, Optional.of(new PublishedRun(run, deltas)));
    }

    static Reply failed() {
        return reply(JobStatus.FAILED, Optional.empty());
    }

    private static Reply reply(JobStatus status, Optional<PublishedRun> published) {
        return new Reply(
                status,
                status == JobStatus.SUCCEEDED ? 200 : 502,
                Optional.empty(),
                1,
                published,
                Optional.empty(),
                "{}".getBytes(StandardCharsets.US_ASCII));
    }

    static Optional<StreamPosition> after(RunId run, long seq) {
        return Optional.of(new StreamPosition(run, seq));
    }
}
