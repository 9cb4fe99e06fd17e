package io.genapi.worker.telemetry;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.worker.dispatch.JobEnded;
import io.genapi.worker.vendor.HeaderText;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each job that ended, and one more error counted for each that did not succeed. */
public final class JobLog implements JobEnded {

    private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

    private final ErrorCounter errors;

    public JobLog(ErrorCounter errors) {
        this.errors = errors;
    }

    @Override
    public void ended(JobRequest job, JobResult result) {
        if (result.status() != JobStatus.SUCCEEDED) {
            errors.count(result.status().wireName() + "_" + result.httpStatus(), "dispatcher");
        }
        LOG.atInfo()
                .addKeyValue("id", job.id())
                .addKeyValue("lane", job.lane().wireName())
                .addKeyValue("vendor", result.vendor().map(Object::toString).orElse("-"))
                .addKeyValue(
                        "vendor_request_id",
                        result.vendorRequestId().map(Object::toString).orElse("-"))
                .addKeyValue(
                        "model",
                        result.model()
                                .map(model -> HeaderText.of(model.value()))
                                .orElse("-"))
                .addKeyValue("status", result.status().wireName())
                .addKeyValue("http_status", result.httpStatus())
                .addKeyValue("attempts", result.attempts())
                .addKeyValue("queued_ms", result.queued().toMillis())
                .addKeyValue("vendor_ms", result.vendorTime().toMillis())
                .addKeyValue("total_ms", total(job, result))
                .addKeyValue("request_id", HeaderText.of(job.requestId().value()))
                .addKeyValue(
                        "correlation_id", HeaderText.of(job.correlation().id().toString()))
                .log("Job ended");
    }

    private static long total(JobRequest job, JobResult result) {
        Duration total = Duration.between(job.submittedAt(), result.completedAt());
        return total.isNegative() ? 0 : total.toSeconds() * 1000 + total.toMillisPart();
    }
}
