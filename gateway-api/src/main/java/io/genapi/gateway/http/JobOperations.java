package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.ACCEL_BUFFERING;
import static io.genapi.gateway.http.AnswerHeaders.JOB_ID;
import static io.genapi.gateway.http.AnswerHeaders.LOCATION;
import static io.genapi.gateway.http.AnswerHeaders.PREFERENCE_APPLIED;
import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;
import static io.genapi.gateway.http.AnswerHeaders.RETRY_AFTER;
import static io.genapi.gateway.http.AnswerHeaders.VENDOR_SOURCE;

import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobStatus;
import java.util.Arrays;
import java.util.List;

/** What callers are told of {@link JobController}, {@link StreamController} and what else is done with jobs. */
final class JobOperations {

    static final String JOBS = "Jobs";

    private static final Parameter ID =
            Parameter.path("id", "The job.", Shape.text("^job_[0-7][0-9a-hjkmnp-tv-z]{25}$"), CommonFaults.JOB.value());

    private JobOperations() {}

    static List<Operation> all() {
        return List.of(list(), find(), follow(), cancel(), redrive());
    }

    private static Operation list() {
        return new Operation(
                        "GET /v1/jobs",
                        "listJobs",
                        JOBS,
                        "List jobs",
                        "The caller's own, newest first, without their answers.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(
                        CallerHeaders.limit(JobQuery.MAX_LIMIT, JobQuery.DEFAULT_LIMIT),
                        CallerHeaders.after(CommonFaults.JOB.value()),
                        Parameter.query(
                                "status",
                                "Only jobs that stand so.",
                                Shape.oneOf(Arrays.stream(JobStatus.values())
                                        .map(JobStatus::wireName)
                                        .toList()),
                                "failed"),
                        Parameter.query(
                                "created_after",
                                "Only jobs created later than this.",
                                Shape.time(),
                                "2026-01-31T12:00:00Z"),
                        Parameter.query(
                                "created_before",
                                "Only jobs created earlier than this.",
                                Shape.time(),
                                "2126-01-31T12:00:00Z"))
                .answers(Answer.of(200, "A page of jobs.", Content.json("job-list")))
                .fails(CommonFaults.stores());
    }

    private static Operation find() {
        return new Operation(
                        "GET /v1/jobs/{id}",
                        "retrieveJob",
                        JOBS,
                        "Show a job",
                        "With its answer or its error where it has ended. Can be asked for from the moment of the 202.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID, CallerHeaders.WAIT)
                .answers(Answer.of(200, "The job.", Content.json("job")).with(PREFERENCE_APPLIED, RETRY_AFTER))
                .fails(CommonFaults.jobs())
                .fails(CommonFaults.tooManyReads());
    }

    private static Operation follow() {
        return new Operation(
                        "GET /v1/jobs/{id}/stream",
                        "streamJob",
                        JOBS,
                        "Follow a job's answer",
                        "From its first piece, or behind `Last-Event-ID`, until it ends; every piece comes exactly once.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID, CallerHeaders.LAST_EVENT_ID, CallerHeaders.STREAM_RESTART)
                .answers(
                        Answer.of(
                                        200,
                                        "The pieces.",
                                        ChatOperations.chunks("The chunks of the answer.", "The pieces of an answer"))
                                .with(JOB_ID, ACCEL_BUFFERING),
                        ChatOperations.otherwise())
                .fails(CommonFaults.jobs())
                .fails(CommonFaults.streams())
                .fails(CommonFaults.tooManyReads());
    }

    private static Operation cancel() {
        return new Operation(
                        "POST /v1/jobs/{id}/cancel",
                        "cancelJob",
                        JOBS,
                        "Cancel a job",
                        "Ends a queued, parked or running job. What has ended stays as it is, so it may be sent again.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(
                        Answer.of(200, "The job has ended, in whichever way.", Content.json("job")),
                        Answer.of(202, "The job is about to end; so it stands.", Content.json("job"))
                                .with(JOB_ID, LOCATION, RETRY_AFTER))
                .fails(CommonFaults.jobs())
                .fails(Fault.of(
                        ApiError.server(503, "kafka_unavailable", "Kafka did not confirm the cancellation."),
                        JOB_ID,
                        LOCATION,
                        RETRY_AFTER));
    }

    private static Operation redrive() {
        return new Operation(
                        "POST /v1/jobs/{id}/redrive",
                        "redriveJob",
                        JOBS,
                        "Go once more at a job",
                        "Makes a new job of one that ended without an answer, which stays as it is.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(
                        ID,
                        CallerHeaders.VENDOR,
                        CallerHeaders.PREFER,
                        CallerHeaders.IDEMPOTENCY_KEY,
                        CallerHeaders.LANE,
                        CallerHeaders.WEBHOOK)
                .takes(CallerHeaders.TIME)
                .mayRead(Content.json("redrive-request")
                        .example("other-model", "Another model is to answer", "{\"model\": \"gpt-4o\"}"))
                .answers(
                        Answer.of(
                                        200,
                                        "The new job's answer, where `wait` was preferred and it came in time.",
                                        Content.json("chat-completion"))
                                .with(JOB_ID, VENDOR_SOURCE, PREFERENCE_APPLIED)
                                .with(RATE_LIMITS),
                        Answer.of(202, "The new job.", Content.json("job"))
                                .with(JOB_ID, LOCATION, PREFERENCE_APPLIED, RETRY_AFTER)
                                .with(RATE_LIMITS),
                        ChatOperations.otherwise())
                .fails(CommonFaults.jobs())
                .fails(CommonFaults.submissions())
                .fails(
                        CommonFaults.wrong(
                                409,
                                "job_not_ended",
                                "id",
                                "Job '%s' cannot be redriven: it is running. Wait for its end, or cancel it first."
                                        .formatted(CommonFaults.JOB)),
                        CommonFaults.wrong(
                                409,
                                "job_succeeded",
                                "id",
                                "Job '%s' cannot be redriven: it has its answer.".formatted(CommonFaults.JOB)),
                        CommonFaults.wrong(
                                410,
                                "job_request_expired",
                                "id",
                                "Job '%s' cannot be redriven: its request is no longer kept. Submit it anew."
                                        .formatted(CommonFaults.JOB)));
    }
}
