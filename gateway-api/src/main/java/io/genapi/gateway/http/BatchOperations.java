package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import java.util.List;

/** What callers are told of {@link BatchController}. */
final class BatchOperations {

    static final String BATCHES = "Batches";

    private static final String SAMPLE = "batch_p7d2h9s4j6k1l8a3f5g0q2t4e6";

    private static final Parameter ID = Parameter.path("id", "The batch.", Shape.text("^batch_[0-9a-v]{26}$"), SAMPLE);

    private BatchOperations() {}

    static List<Operation> all() {
        return List.of(create(), list(), find(), cancel());
    }

    private static Operation create() {
        return new Operation(
                        "POST /v1/batches",
                        "createBatch",
                        BATCHES,
                        "Run a batch",
                        "Runs the requests of an uploaded file, in the lane `flex`, whichever gateways and stores die meanwhile.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(CallerHeaders.IDEMPOTENCY_KEY, CallerHeaders.WEBHOOK, CallerHeaders.SDK_RETRY_COUNT)
                .reads(Content.json("batch-create")
                        .example("nightly", "All lines of a file", """
                        {"input_file_id": "%s", "endpoint": "/v1/chat/completions", "completion_window": "24h",
                         "metadata": {"run": "nightly"}}""".formatted(FileOperations.SAMPLE)))
                .answers(Answer.of(200, "The batch is durable.", Content.json("batch-object"))
                        .with(RATE_LIMITS))
                .fails(FileOperations.faults())
                .fails(CommonFaults.bodies())
                .fails(CommonFaults.quotas())
                .fails(CommonFaults.namedEndpoints())
                .fails(
                        Fault.of(FileErrors.missing("input_file_id").error()),
                        Fault.of(FileErrors.keyReused("batch", SAMPLE).error()));
    }

    private static Operation list() {
        return new Operation("GET /v1/batches", "listBatches", BATCHES, "List batches", "The caller's own.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(FileOperations.pages(100, 20, SAMPLE))
                .answers(Answer.of(200, "A page of batches.", Content.json("batch-list")))
                .fails(FileOperations.faults());
    }

    private static Operation find() {
        return new Operation("GET /v1/batches/{id}", "retrieveBatch", BATCHES, "Show a batch", "How far it is.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "The batch.", Content.json("batch-object")))
                .fails(FileOperations.faults())
                .fails(notFound());
    }

    private static Operation cancel() {
        return new Operation(
                        "POST /v1/batches/{id}/cancel",
                        "cancelBatch",
                        BATCHES,
                        "Cancel a batch",
                        "Stops its requests that have not ended, and keeps what has come of the others.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "The batch, which is about to end.", Content.json("batch-object")))
                .fails(FileOperations.faults())
                .fails(
                        notFound(),
                        CommonFaults.wrong(
                                409, "batch_not_cancellable", "id", "Cannot cancel a batch with status 'completed'."));
    }

    private static Fault notFound() {
        return CommonFaults.wrong(404, "batch_not_found", "id", "No batch found with id '%s'.".formatted(SAMPLE));
    }
}
