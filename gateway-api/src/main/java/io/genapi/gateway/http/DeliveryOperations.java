package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;
import static io.genapi.gateway.http.AnswerHeaders.RETRY_AFTER;
import static io.genapi.gateway.http.AnswerHeaders.SHOULD_RETRY;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import io.genapi.schemas.error.ApiError;
import java.util.List;

/** What callers are told of {@link DeliveryController}. */
final class DeliveryOperations {

    private static final String EVENT = "evt_4f1kg9qs7g0fuvatamf7t7ujj6";

    private DeliveryOperations() {}

    static List<Operation> all() {
        return List.of(deliveries(), delivery(), redeliver(), test());
    }

    private static Operation deliveries() {
        return new Operation(
                        "GET /v1/webhook_endpoints/{id}/deliveries",
                        "listWebhookDeliveries",
                        EndpointOperations.WEBHOOKS,
                        "List what an endpoint was told",
                        "The newest events first, each with its attempts: when, how long, with what answer.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(EndpointOperations.ID)
                .takes(CallerHeaders.limit(100, 20), CallerHeaders.after(EVENT))
                .takes(Parameter.query(
                        "status", "Only what stands so.", Shape.oneOf(DeliveryController.STATUSES), "failed"))
                .answers(Answer.of(200, "A page of deliveries.", Content.json("webhook-endpoint-deliveries")))
                .fails(EndpointOperations.faults())
                .fails(EndpointOperations.notFound(), storeUnavailable());
    }

    private static Operation delivery() {
        return new Operation(
                        "GET /v1/webhook_endpoints/{id}/deliveries/{event_id}",
                        "retrieveWebhookDelivery",
                        EndpointOperations.WEBHOOKS,
                        "Show what an endpoint was told of one event",
                        "With its attempts: when, how long, with what answer.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(EndpointOperations.ID)
                .takes(Parameter.path("event_id", "The event.", Shape.text("^evt_[0-9a-v]{26}$"), EVENT))
                .answers(Answer.of(200, "The delivery.", Content.json("webhook-endpoint-delivery")))
                .fails(EndpointOperations.faults())
                .fails(EndpointOperations.notFound(), notTold(), storeUnavailable());
    }

    private static Operation redeliver() {
        return new Operation(
                        "POST /v1/webhook_endpoints/{id}/redeliver",
                        "redeliverWebhooks",
                        EndpointOperations.WEBHOOKS,
                        "Have an endpoint told again",
                        "Of one event, whatever came of it; or of all that were given up, since a time.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(EndpointOperations.ID)
                .reads(Content.json("webhook-redeliver")
                        .example("one", "One event", "{\"event_id\": \"%s\"}".formatted(EVENT))
                        .example("failed", "All that failed", "{\"failed_since\": 1769860800}"))
                .answers(Answer.of(202, "It will be told.", Content.json("webhook-redelivery-object"))
                        .with(RATE_LIMITS))
                .fails(EndpointOperations.faults())
                .fails(CommonFaults.bodies())
                .fails(CommonFaults.quotas())
                .fails(bodies("event_id"))
                .fails(
                        EndpointOperations.notFound(),
                        notTold(),
                        storeUnavailable(),
                        Fault.of(DeliveryController.disabled(EndpointOperations.SAMPLE)
                                .error()));
    }

    private static Operation test() {
        return new Operation(
                        "POST /v1/webhook_endpoints/{id}/test",
                        "testWebhookEndpoint",
                        EndpointOperations.WEBHOOKS,
                        "Try an endpoint",
                        "Sends an example at once, signed as all messages are, and tells what the receiver answered. A result"
                                + " store makes two tests of an endpoint and eight of a tenant at once.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(EndpointOperations.ID)
                .reads(Content.json("webhook-endpoint-test-create")
                        .example("job", "The end of a job", "{\"event_type\": \"job.succeeded\"}"))
                .answers(Answer.of(200, "The receiver answered.", Content.json("webhook-endpoint-test"))
                        .with(RATE_LIMITS))
                .fails(EndpointOperations.faults())
                .fails(CommonFaults.bodies())
                .fails(CommonFaults.quotas())
                .fails(bodies("event_type"))
                .fails(
                        EndpointOperations.notFound(),
                        storeUnavailable(),
                        Fault.of(DeliveryController.unanswered("timeout", "it took longer than 15 s"), SHOULD_RETRY),
                        Fault.of(DeliveryController.busy(), RETRY_AFTER),
                        EndpointOperations.unreadable(),
                        Fault.of(DeliveryController.withheld("the endpoint is disabled")));
    }

    private static List<Fault> bodies(String field) {
        return List.of(
                Fault.of(FileErrors.missing(field).error()),
                Fault.of(EndpointBody.invalid(field, "'x'.").error()),
                CommonFaults.wrong(400, "unsupported_parameter", "x", "Unsupported parameter: 'x'."));
    }

    private static Fault notTold() {
        return Fault.of(
                DeliveryController.notTold(EndpointOperations.SAMPLE, EVENT).error());
    }

    private static Fault storeUnavailable() {
        return Fault.of(
                ApiError.server(503, "store_unavailable", "Deliveries cannot be looked up or made now."), RETRY_AFTER);
    }
}
