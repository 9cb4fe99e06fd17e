package io.genapi.gateway.store;

import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.webhook.EndpointStore;
import io.genapi.gateway.webhook.TestAnswer;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks the living store instances, one after the other, until one knows. Thread-safe. */
public final class HttpEndpointStore implements EndpointStore {

    /** An attempt, and the look-up of its host. */
    private static final Duration TEST = Duration.ofSeconds(25);

    private final StoreInstances instances;
    private final Duration answerPatience;

    /** @param answerPatience how long one instance may take, beyond what it was asked to do */
    public HttpEndpointStore(StoreInstances instances, Duration answerPatience) {
        this.instances = instances;
        this.answerPatience = answerPatience;
    }

    @Override
    public StoreAnswer deliveries(
            TenantId tenant, EndpointId id, Optional<String> status, Optional<EventId> after, int limit) {
        String path = "/store/webhook-deliveries?tenant=" + encoded(tenant) + "&endpoint=" + id + "&limit=" + limit
                + status.map(only -> "&status=" + only).orElse("")
                + after.map(last -> "&after=" + last).orElse("");
        return asked(path, NO_ENDPOINT);
    }

    @Override
    public StoreAnswer delivery(TenantId tenant, EndpointId id, EventId event) {
        return asked(
                "/store/webhook-deliveries/%s?tenant=%s&endpoint=%s".formatted(event, encoded(tenant), id),
                "webhook_delivery_not_found");
    }

    private StoreAnswer asked(String path, String absent) {
        return instances.ask(
                path,
                answerPatience,
                answer -> read(answer, absent),
                answer -> !(answer instanceof StoreAnswer.Unknown),
                NOBODY);
    }

    @Override
    public TestAnswer test(TenantId tenant, EndpointId id, EventType type) {
        return instances.ask(
                "/store/webhook-endpoints/%s/test?tenant=%s&type=%s".formatted(id, encoded(tenant), type.wireName()),
                request -> request.POST(HttpRequest.BodyPublishers.noBody()),
                TEST.plus(answerPatience),
                answer -> answer.filter(given -> given.statusCode() == 429).isPresent()
                        ? new TestAnswer.Busy()
                        : tested(read(answer, NO_ENDPOINT)),
                answer -> !(answer instanceof TestAnswer.Unknown),
                tested(NOBODY));
    }

    private static final String NO_ENDPOINT = "webhook_endpoint_not_found";
    private static final StoreAnswer NOBODY = new StoreAnswer.Unknown("no result store is running");

    /** @param absent how a store says that there is no such thing; one of an older version may not have the path */
    private static StoreAnswer read(Optional<HttpResponse<byte[]>> answer, String absent) {
        if (answer.isEmpty()) {
            return new StoreAnswer.Unknown("the result store did not answer");
        }
        return switch (answer.get().statusCode()) {
            case 200 -> new StoreAnswer.Found(answer.get().body());
            case 404 ->
                codeOf(answer.get().body()).equals(absent)
                        ? new StoreAnswer.NotFound()
                        : new StoreAnswer.Unknown("the result store does not know the question");
            case 410 -> new StoreAnswer.Gone(answer.get().body());
            default ->
                new StoreAnswer.Unknown(
                        "the result store answered with status " + answer.get().statusCode());
        };
    }

    private static String codeOf(byte[] error) {
        try {
            return JsonMapper.shared()
                    .readTree(error)
                    .path("error")
                    .path("code")
                    .asString("");
        } catch (JacksonException none) {
            return "";
        }
    }

    private static TestAnswer tested(StoreAnswer answer) {
        return switch (answer) {
            case StoreAnswer.Found(byte[] attempt) -> new TestAnswer.Made(attempt);
            case StoreAnswer.NotFound _, StoreAnswer.Gone _ -> new TestAnswer.NotFound();
            case StoreAnswer.Unknown(String reason) -> new TestAnswer.Unknown(reason);
        };
    }

    private static String encoded(TenantId tenant) {
        return URLEncoder.encode(tenant.value(), StandardCharsets.UTF_8);
    }
}
