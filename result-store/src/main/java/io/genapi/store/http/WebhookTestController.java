package io.genapi.store.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.store.sending.Sender;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends examples of events at once: gateways ask, for tenants who try an endpoint. */
@RestController
public final class WebhookTestController {

    private final Sender sender;

    public WebhookTestController(Sender sender) {
        this.sender = sender;
    }

    /**
     * One attempt, of which nothing is written down: 200 and what came of it, whatever that was; 404 if the tenant has no
     * such endpoint. Takes as long as an attempt may take.
     */
    @PostMapping("/store/webhook-endpoints/{id}/test")
    ResponseEntity<byte[]> test(
            @PathVariable("id") String id,
            @RequestParam("tenant") String tenant,
            @RequestParam(name = "type", defaultValue = "job.succeeded") String type)
            throws InterruptedException {
        TenantId owner = QueryParameters.viewer(tenant)
                .orElseThrow(() -> new InvalidParameterException("tenant", tenant, "a tenant's name"));
        EventType event = EventType.fromWireName(type)
                .orElseThrow(() -> new InvalidParameterException("type", type, "one of " + eventTypes()));
        Optional<EndpointId> parsed = EndpointId.parse(id);
        Optional<DeliveryAttempt> attempt =
                parsed.isEmpty() ? Optional.empty() : sender.test(owner, parsed.get(), event);
        return entity(attempt.map(made -> new StoreResponse(200, AttemptDocument.write(made)))
                .orElseGet(() -> absent(id)));
    }

    private static String eventTypes() {
        return Arrays.stream(EventType.values()).map(EventType::wireName).collect(Collectors.joining(", "));
    }

    private static StoreResponse absent(String id) {
        return StoreResponse.error(ApiError.invalidRequest(
                404,
                "webhook_endpoint_not_found",
                "id",
                "There is no webhook endpoint '%s'. List yours with GET /v1/webhook_endpoints.".formatted(id)));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrong(InvalidParameterException invalid) {
        return entity(StoreResponse.error(
                ApiError.invalidRequest(400, "invalid_parameter", invalid.parameter(), invalid.explanation())));
    }

    private static ResponseEntity<byte[]> entity(StoreResponse response) {
        return ResponseEntity.status(response.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(response.body());
    }
}
