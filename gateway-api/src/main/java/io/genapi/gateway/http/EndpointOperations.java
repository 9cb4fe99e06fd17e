package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.RATE_LIMITS;

import io.genapi.gateway.openapi.Answer;
import io.genapi.gateway.openapi.Content;
import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.Operation;
import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.webhook.EndpointId;
import java.util.List;

/** What callers are told of {@link EndpointController}. */
final class EndpointOperations {

    static final String WEBHOOKS = "Webhooks";

    static final EndpointId SAMPLE = new EndpointId("we_4f1kg9qs7g0fuvatamf7t7ujj6");

    static final Parameter ID = Parameter.path("id", "The endpoint.", Shape.text("^we_[0-9a-v]{26}$"), SAMPLE.value());

    private EndpointOperations() {}

    static List<Operation> all() {
        return List.of(create(), list(), find(), update(), delete(), rotate(), eventTypes());
    }

    private static Operation create() {
        return new Operation(
                        "POST /v1/webhook_endpoints",
                        "createWebhookEndpoint",
                        WEBHOOKS,
                        "Register a webhook endpoint",
                        "Every gateway knows it at once. The answer shows its signing secret, and no later one does."
                                + " Of what nobody waits for, all of the caller's default endpoints are told; a request"
                                + " that names one in `Genapi-Webhook` tells that one alone.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(CallerHeaders.IDEMPOTENCY_KEY, CallerHeaders.SDK_RETRY_COUNT)
                .reads(Content.json("webhook-endpoint-create").example("orders", "Told of jobs' ends", """
                        {"name": "Orders", "url": "https://example.com/hooks", "event_types": ["job.succeeded", "job.failed"]}"""))
                .answers(Answer.of(200, "The endpoint, and its secret.", Content.json("webhook-endpoint-secret"))
                        .with(RATE_LIMITS))
                .fails(faults())
                .fails(CommonFaults.bodies())
                .fails(CommonFaults.quotas())
                .fails(wishes())
                .fails(
                        Fault.of(FileErrors.missing("url").error()),
                        Fault.of(FileErrors.keyReused("webhook endpoint", SAMPLE.value())
                                .error()),
                        Fault.of(EndpointController.madeBefore(SAMPLE), AnswerHeaders.SHOULD_RETRY),
                        unreadable());
    }

    private static Operation list() {
        return new Operation(
                        "GET /v1/webhook_endpoints",
                        "listWebhookEndpoints",
                        WEBHOOKS,
                        "List webhook endpoints",
                        "The caller's own.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(FileOperations.pages(100, 20, SAMPLE.value()))
                .answers(Answer.of(200, "A page of endpoints.", Content.json("webhook-endpoint-list")))
                .fails(faults());
    }

    private static Operation find() {
        return new Operation(
                        "GET /v1/webhook_endpoints/{id}",
                        "retrieveWebhookEndpoint",
                        WEBHOOKS,
                        "Show a webhook endpoint",
                        "And how it does.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "The endpoint.", Content.json("webhook-endpoint-object")))
                .fails(faults())
                .fails(notFound());
    }

    private static Operation update() {
        return new Operation(
                        "POST /v1/webhook_endpoints/{id}",
                        "updateWebhookEndpoint",
                        WEBHOOKS,
                        "Change a webhook endpoint",
                        "`status: enabled` turns on again what was disabled because its deliveries failed.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .reads(Content.json("webhook-endpoint-update")
                        .example("enable", "Told again", "{\"status\": \"enabled\"}"))
                .answers(Answer.of(200, "The endpoint as it is now.", Content.json("webhook-endpoint-object"))
                        .with(RATE_LIMITS))
                .fails(faults())
                .fails(CommonFaults.bodies())
                .fails(CommonFaults.quotas())
                .fails(wishes())
                .fails(notFound());
    }

    private static Operation delete() {
        return new Operation(
                        "DELETE /v1/webhook_endpoints/{id}",
                        "deleteWebhookEndpoint",
                        WEBHOOKS,
                        "Delete a webhook endpoint",
                        "What it has not been told yet, it will not be.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(ID)
                .answers(Answer.of(200, "It is deleted.", Content.json("webhook-endpoint-deleted"))
                        .with(RATE_LIMITS))
                .fails(faults())
                .fails(CommonFaults.quotas())
                .fails(notFound());
    }

    private static Operation rotate() {
        return new Operation(
                        "POST /v1/webhook_endpoints/{id}/rotate_secret",
                        "rotateWebhookSecret",
                        WEBHOOKS,
                        "Make a new signing secret",
                        "For 24 hours messages are signed with the secret before, too, unless the caller sends"
                                + " `keep_old_secret_active_for_24_hours: false`.")
                .takes(CallerHeaders.EVERYWHERE)
                .takes(CallerHeaders.SDK_RETRY_COUNT)
                .takes(ID)
                .mayRead(Content.json("webhook-secret-rotate")
                        .example(
                                "leaked",
                                "The secret before is not to be valid any more",
                                "{\"keep_old_secret_active_for_24_hours\": false}"))
                .answers(Answer.of(200, "The endpoint, and its new secret.", Content.json("webhook-endpoint-secret"))
                        .with(RATE_LIMITS))
                .fails(faults())
                .fails(CommonFaults.bodies())
                .fails(CommonFaults.quotas())
                .fails(
                        notFound(),
                        unreadable(),
                        unsupported("keep"),
                        wrong("keep_old_secret_active_for_24_hours", "'yes'. Send true or false."));
    }

    private static Operation eventTypes() {
        return new Operation(
                        "GET /v1/webhook_event_types",
                        "listWebhookEventTypes",
                        WEBHOOKS,
                        "List types of events",
                        "All that endpoints can be told of.")
                .takes(CallerHeaders.EVERYWHERE)
                .answers(Answer.of(200, "Their names.", Content.json("webhook-event-types")))
                .fails(CommonFaults.callers());
    }

    /** Of all that reads endpoints from Kafka. */
    static List<Fault> faults() {
        return CommonFaults.joined(
                CommonFaults.callers(),
                Fault.of(
                        ApiError.server(
                                503,
                                "kafka_unavailable",
                                "Files, batches and webhook endpoints are not to be had now."),
                        AnswerHeaders.RETRY_AFTER));
    }

    private static List<Fault> wishes() {
        return List.of(
                wrong("event_types[0]", "'eval.run.failed'. This broker tells of job.succeeded, job.failed."),
                unsupported("evnt_types"),
                CommonFaults.wrong(
                        400,
                        "invalid_webhook_url",
                        "url",
                        "Invalid value for 'url': 'http://10.0.0.7/' cannot be sent to, because it is not https."));
    }

    private static Fault wrong(String field, String how) {
        return Fault.of(EndpointBody.invalid(field, how).error());
    }

    private static Fault unsupported(String field) {
        return CommonFaults.wrong(400, "unsupported_parameter", field, "Unsupported parameter: '%s'.".formatted(field));
    }

    static Fault unreadable() {
        return Fault.of(EndpointController.unreadable(
                        SAMPLE, "the signing secret is encrypted, and this process has no key for it")
                .error());
    }

    static Fault notFound() {
        return Fault.of(EndpointController.notFound(SAMPLE.value()).error());
    }
}
